/** Gives further lines (percent variables expanded) while a block or a caret leaves a command open; undefined at the end. */
export type NextLine = () => string | undefined;

/** Reads the text of a command: words, carets, blanks. It grows by whole lines while something is open. */
export class Scanner {
  readonly #nextLine: NextLine;
  protected text: string;
  protected at = 0;

  constructor(text: string, nextLine: NextLine) {
    this.text = text;
    this.#nextLine = nextLine;
  }

  /** One caret: the character behind it is plain; at the end of a line it joins the next one. */
  protected caret(): string {
    this.at++;
    if (this.end()) this.appendLine("");
    else if (this.peek() === "\n") this.at++;
    const char = this.peek() ?? "";
    this.at += char.length;
    return char;
  }

  /** One word; quotes stay in it and protect delimiters. */
  protected word(stops: string): string {
    let word = "";
    let quoted = false;
    for (;;) {
      const char = this.peek();
      if (char === undefined || char === "\n") break;
      if (!quoted && (/[\s,;=]/.test(char) || stops.includes(char))) break;
      if (char === "^" && !quoted) {
        word += this.caret();
        continue;
      }
      if (char === '"') quoted = !quoted;
      word += char;
      this.at++;
    }
    return word;
  }

  protected appendLine(separator: string): boolean {
    const line = this.#nextLine();
    if (line === undefined) return false;
    this.text += separator + line;
    return true;
  }

  protected take(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  protected peek(): string | undefined {
    return this.text[this.at];
  }

  protected rest(): string {
    return this.text.slice(this.at);
  }

  protected end(): boolean {
    return this.at >= this.text.length;
  }

  protected skipBlanks(): void {
    while (/[ \t]/.test(this.peek() ?? "")) this.at++;
  }

  protected skipDelimiters(): void {
    while (/[ \t,;=]/.test(this.peek() ?? "")) this.at++;
  }
}
