/** Splits a command line into arguments as Microsoft's C runtime does: quotes group, backslashes count only in front of quotes. */
export function splitArguments(tail: string): string[] {
  const args: string[] = [];
  let at = 0;
  for (;;) {
    while (/[ \t]/.test(tail[at] ?? "")) at++;
    if (at >= tail.length) return args;
    let word = "";
    let quoted = false;
    while (at < tail.length && (quoted || !/[ \t]/.test(tail[at] ?? ""))) {
      const backslashes = /^\\*/.exec(tail.slice(at))?.[0].length ?? 0;
      at += backslashes;
      if (tail[at] !== '"') {
        word += "\\".repeat(backslashes);
        if (backslashes > 0) continue;
        word += tail[at];
        at++;
        continue;
      }
      word += "\\".repeat(backslashes >> 1);
      if (backslashes % 2 === 1) word += '"';
      else if (quoted && tail[at + 1] === '"') {
        word += '"';
        at++;
      } else quoted = !quoted;
      at++;
    }
    args.push(word);
  }
}

/** Cygwin's rules for a program that cmd starts: double and single quotes group; wildcards would be expanded, so they are named. */
export function splitForCygwin(tail: string): {
  readonly args: string[];
  readonly wildcard: string | undefined;
} {
  const args: string[] = [];
  let wildcard: string | undefined;
  let at = 0;
  for (;;) {
    while (/[ \t]/.test(tail[at] ?? "")) at++;
    if (at >= tail.length) return { args, wildcard };
    let word = "";
    while (at < tail.length && !/[ \t]/.test(tail[at] ?? "")) {
      const char = tail[at] ?? "";
      if (char === '"' || char === "'") {
        at++;
        while (at < tail.length && tail[at] !== char) {
          if (tail[at] === "\\" && char === '"' && (tail[at + 1] === '"' || tail[at + 1] === "\\")) at++;
          word += tail[at++] ?? "";
        }
        at++;
        continue;
      }
      if (char === "\\" && tail[at + 1] === '"') {
        word += '"';
        at += 2;
        continue;
      }
      if (/[*?]/.test(char)) wildcard = char;
      word += char;
      at++;
    }
    args.push(word);
  }
}

/** The command line that Cygwin makes of arguments when one of its programs starts a Windows program. */
export function joinArguments(args: readonly string[]): string {
  return args
    .map((arg) =>
      arg !== "" && !/[\s"]/.test(arg)
        ? arg
        : `"${arg.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, "$1$1")}"`,
    )
    .join(" ");
}

/** First word of a command line and the rest; a quoted first word may hold spaces. */
export function splitProgram(line: string): { readonly program: string; readonly tail: string } {
  const trimmed = line.trimStart();
  const match = trimmed.startsWith('"') ? /^"([^"]*)"?(.*)$/s.exec(trimmed) : /^(\S*)(.*)$/s.exec(trimmed);
  return { program: match?.[1] ?? "", tail: match?.[2] ?? "" };
}
