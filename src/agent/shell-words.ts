/** A word for bash or any POSIX shell, in single quotes; throws for NUL, which no argument can hold. */
export function shellWord(value: string): string {
  if (value.includes("\0")) throw new Error(`shell word: NUL is not allowed, got ${JSON.stringify(value)}`);
  return `'${value.replaceAll("'", `'\\''`)}'`;
}
