/**
 * By what the lines of an answer file are found again in another: an item of a list by all that it holds less its number
 * in the list, an end tag by its start tag. Otherwise an item's tags would be taken for those of the next one. Lines of
 * other files are their own keys.
 */
export function answerFileKeys(lines: readonly string[]): readonly string[] {
  if (lines[0]?.startsWith("<?xml") !== true) return lines;
  const keys = lines.map(withoutNumbers);
  const open: { readonly line: number; readonly isItem: boolean }[] = [];
  for (const [line, text] of lines.entries()) {
    if (/^\s*<[A-Za-z][^>]*>$/.test(text)) {
      // What holds an item is known by its name alone.
      if (isItem(text))
        for (const [index, outer] of open.entries()) open[index] = { ...outer, isItem: false };
      open.push({ line, isItem: isItem(text) });
    } else if (/^\s*<\//.test(text)) {
      const start = open.pop();
      if (start === undefined) continue;
      if (start.isItem) markAll(keys, start.line, line);
      else keys[line] = `${text} ${keys[start.line]}`;
    }
  }
  return keys;
}

function isItem(text: string): boolean {
  return text.includes(' wcm:action="add"');
}

function withoutNumbers(text: string): string {
  return text
    .replace(/ (?:wcm:keyValue|processorArchitecture)="[^"]*"/g, "")
    .replace(/<Order>\d+<\/Order>/, "<Order/>");
}

function markAll(keys: string[], from: number, to: number): void {
  const content = keys.slice(from, to + 1).join("\n");
  for (let line = from; line <= to; line++) keys[line] = `${keys[line]}\n${content}`;
}
