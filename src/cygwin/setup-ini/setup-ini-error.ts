/** A text is no setup.ini: where (both counted from 1) and why. */
export class SetupIniError extends Error {
  override readonly name = "SetupIniError";
  readonly line: number;
  readonly column: number;
  readonly reason: string;

  constructor(line: number, column: number, reason: string) {
    super(`${line}:${column}: ${reason}`);
    this.line = line;
    this.column = column;
    this.reason = reason;
  }
}
