/** A program call as data: nothing has been started, nothing is quoted for a shell. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** The command as a line that can be pasted into a shell; for messages only. */
export function formatCommand(command: Command): string {
  return [command.file, ...command.args].map(quote).join(" ");
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
