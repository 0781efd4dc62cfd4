/**
 * The text without what would move a terminal's cursor, clear its screen or speak for somebody else: what a guest says
 * is shown inside of Casement's own lines. Line feeds stay.
 */
export function printable(text: string): string {
  return text
    .split("\n")
    .map((line) => line.replaceAll(/\p{Cc}\[[0-9;?]*[A-Za-z]/gu, "").replaceAll(/\p{Cc}+/gu, " "))
    .join("\n");
}
