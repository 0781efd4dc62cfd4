/** What a line of an answer file sets: `OOBE/HideEULAPage` of a component in a pass. */
export interface AnswerPlace {
  readonly pass: string;
  readonly component: string;
  readonly path: string;
  /** What stands between its tags, as in the file. */
  readonly text: string;
}

/** What one line of an answer file, as casement prints it, sets; undefined for a line that holds no value. */
export function answerPlaceOf(lines: readonly string[], line: number): AnswerPlace | undefined {
  const value = /^ *<(?<name>\w+)(?: [^>]*)?>(?<text>.*)<\/\w+>$/.exec(lines[line] ?? "")?.groups;
  if (value === undefined) return undefined;
  const names = [value["name"] ?? ""];
  let depth = indentOf(lines[line]);
  for (let above = line - 1; above >= 0 && depth > 0; above--) {
    if (indentOf(lines[above]) >= depth) continue;
    depth = indentOf(lines[above]);
    names.unshift(
      /<(?:component name="|settings pass=")?(?<name>[\w-]+)/.exec(lines[above] ?? "")?.groups?.["name"] ??
        "",
    );
  }
  const [, pass = "", component = "", ...path] = names;
  return { pass, component, path: path.join("/"), text: value["text"] ?? "" };
}

function indentOf(line: string | undefined): number {
  return (line ?? "").search(/\S|$/);
}
