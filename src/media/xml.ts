/** One element of a WIM's XML. */
export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly Element[];
  /** All character data in it, less that of its children. */
  readonly text: string;
}

/** Not well-formed, or more than any WIM has. */
export class XmlFault extends Error {
  override readonly name = "XmlFault";
}

const maximumDepth = 32;
const maximumElements = 50_000;

/**
 * Parses the XML of a WIM: elements, attributes, text, comments. It comes from a file of unknown origin, so there are no
 * document types and no entities but XML's own five, and depth and number of elements are limited. Throws XmlFault.
 */
export function parseXml(text: string): Element {
  const open: Building[] = [];
  let root: Building | undefined;
  let count = 0;
  let position = 0;
  while (position < text.length) {
    const start = text.indexOf("<", position);
    const until = start === -1 ? text.length : start;
    addText(open.at(-1), text.slice(position, until));
    if (start === -1) break;
    const tag = readTag(text, start);
    position = tag.end;
    if (tag.kind === "skip") continue;
    if (tag.kind === "close") {
      const closed = open.pop();
      if (closed?.name !== tag.name)
        throw new XmlFault(`</${tag.name}> closes <${closed?.name ?? "nothing"}>`);
      continue;
    }
    const element: Building = { name: tag.name, attributes: tag.attributes, children: [], text: "" };
    count++;
    if (count > maximumElements) throw new XmlFault(`more than ${maximumElements} elements`);
    const parent = open.at(-1);
    if (parent !== undefined) parent.children.push(element);
    else if (root === undefined) root = element;
    else throw new XmlFault(`<${tag.name}> after the end of <${root.name}>`);
    if (tag.kind === "open") open.push(element);
    if (open.length > maximumDepth) throw new XmlFault(`elements more than ${maximumDepth} deep`);
  }
  if (open.length > 0) throw new XmlFault(`<${open.at(-1)?.name}> is not closed`);
  if (root === undefined) throw new XmlFault("no element");
  return root;
}

interface Building {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Building[];
  text: string;
}

type Tag =
  | { readonly kind: "skip"; readonly end: number }
  | { readonly kind: "close"; readonly end: number; readonly name: string }
  | {
      readonly kind: "open" | "empty";
      readonly end: number;
      readonly name: string;
      readonly attributes: ReadonlyMap<string, string>;
    };

function addText(element: Building | undefined, data: string): void {
  if (element !== undefined) element.text += decode(data);
  else if (data.trim() !== "") throw new XmlFault("text outside the root element");
}

function readTag(text: string, start: number): Tag {
  if (text.startsWith("<!--", start)) return { kind: "skip", end: endOf(text, "-->", start + 4) };
  if (text.startsWith("<?", start)) return { kind: "skip", end: endOf(text, "?>", start + 2) };
  if (text.startsWith("<!", start))
    throw new XmlFault("a document type or a CDATA section, which no WIM has");
  const end = endOf(text, ">", start + 1);
  const inner = text.slice(start + 1, end - 1);
  if (inner.startsWith("/")) return { kind: "close", end, name: inner.slice(1).trimEnd() };
  const empty = inner.endsWith("/");
  const match = /^(?<name>[A-Za-z_][\w.:-]*)(?<rest>[\s\S]*)$/.exec(empty ? inner.slice(0, -1) : inner);
  const name = match?.groups?.["name"];
  if (name === undefined) throw new XmlFault(`<${inner.slice(0, 20)}> is no element`);
  return {
    kind: empty ? "empty" : "open",
    end,
    name,
    attributes: readAttributes(match?.groups?.["rest"] ?? ""),
  };
}

function readAttributes(text: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  const one = /\s+(?<name>[A-Za-z_][\w.:-]*)\s*=\s*(?:"(?<double>[^"<]*)"|'(?<single>[^'<]*)')/y;
  let position = 0;
  for (let match = one.exec(text); match !== null; match = one.exec(text)) {
    attributes.set(
      match.groups?.["name"] ?? "",
      decode(match.groups?.["double"] ?? match.groups?.["single"] ?? ""),
    );
    position = one.lastIndex;
  }
  if (text.slice(position).trim() !== "")
    throw new XmlFault(`attributes cannot be read: ${text.trim().slice(0, 40)}`);
  return attributes;
}

function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  if (found === -1) throw new XmlFault(`${mark} is missing`);
  return found + mark.length;
}

const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decode(text: string): string {
  return text.replace(/&(?<body>[^;&]{0,12});?/g, (whole, body: string) => {
    const character = named[body] ?? fromCode(body);
    if (character === undefined || !whole.endsWith(";")) throw new XmlFault(`${whole} is no character`);
    return character;
  });
}

function fromCode(body: string): string | undefined {
  const digits = /^#(?:x(?<hexadecimal>[0-9A-Fa-f]{1,6})|(?<decimal>\d{1,7}))$/.exec(body)?.groups;
  if (digits === undefined) return undefined;
  const code = Number.parseInt(
    digits["hexadecimal"] ?? digits["decimal"] ?? "",
    digits["decimal"] === undefined ? 16 : 10,
  );
  return code > 0x10_ff_ff || (code >= 0xd8_00 && code <= 0xdf_ff) ? undefined : String.fromCodePoint(code);
}
