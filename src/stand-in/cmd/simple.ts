import { type Handles, print } from "../programs/program.ts";
import type { Command } from "./ast.ts";
import { builtins } from "./builtins.ts";
import { Leave, type Shell } from "./shell.ts";

/** Runs a simple command: a built-in one, a batch file (which does not come back), or a program. */
export function runSimple(
  shell: Shell,
  command: Extract<Command, { type: "simple" }>,
  handles: Handles,
): number {
  const text = shell.finish(command.text);
  if (text.trim() === "") return 0;
  if (shell.echo && shell.frame !== undefined && !command.quiet)
    print(handles.stdout, "", `${shell.cwd}>${text}`);
  return runText(shell, text, handles);
}

/** The same for text that is complete: what `call` and `start` run. */
export function runText(shell: Shell, text: string, handles: Handles): number {
  const trimmed = text.trimStart().replace(/^[,;=]+/, "");
  const drive = /^([A-Za-z]):\s*$/.exec(trimmed);
  if (drive !== null) return builtins.get("cd")?.(shell, ` /d ${drive[1]}:\\`, handles) ?? 1;
  const word = /^[A-Za-z]+/.exec(trimmed)?.[0].toLowerCase() ?? "";
  const builtin = builtins.get(word);
  const after = trimmed[word.length];
  // `cd..`, `cd\`, `echo.` and `md"x"` are built-ins too; `echo-tool` is a program.
  if (
    builtin !== undefined &&
    (after === undefined ||
      /[\s,;=/\\"(]/.test(after) ||
      (/[.:+[\]]/.test(after) && (word === "echo" || word === "cd")))
  ) {
    return builtin(shell, trimmed.slice(word.length), handles);
  }
  const { name, tail } = programAndTail(trimmed);
  const batch = shell.world.findBatch(shell, name);
  if (batch !== undefined) {
    shell.call(batch, tail, handles);
    if (shell.frame !== undefined) throw new Leave(false);
    return shell.errorlevel;
  }
  return startProgram(shell, name, tail, handles);
}

/** Name and rest of a command: delimiters and a slash end the name, quotes protect them. */
export function programAndTail(text: string): { readonly name: string; readonly tail: string } {
  const match = /^((?:"[^"]*"?|[^\s,;=/"])+)(.*)$/s.exec(text);
  return { name: (match?.[1] ?? text).replaceAll('"', ""), tail: match?.[2] ?? "" };
}

/** Runs a program and takes over its exit code. */
export function startProgram(shell: Shell, name: string, tail: string, handles: Handles): number {
  const code = shell.world.start(shell, name, tail, handles);
  if (code === undefined) {
    print(
      handles.stderr,
      `'${name}' is not recognized as an internal or external command,`,
      "operable program or batch file.",
    );
    shell.errorlevel = /[\\/]/.test(name) ? 1 : 9009;
    return shell.errorlevel;
  }
  shell.errorlevel = code;
  return code;
}
