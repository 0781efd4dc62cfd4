import type { MediumArchitecture, MediumImage } from "./medium.ts";
import { type Element, parseXml, XmlFault } from "./xml.ts";

/** Media have up to a dozen; Setup itself takes no more than two digits. */
const maximumImages = 99;
const maximumTextLength = 1000;

/** Reads the description of a WIM's images (UTF-16LE with a byte order mark). Throws XmlFault. */
export function parseWimXml(bytes: Buffer): readonly [MediumImage, ...MediumImage[]] {
  const root = parseXml(decodeText(bytes));
  if (root.name !== "WIM") throw new XmlFault(`the root element is <${root.name}>, not <WIM>`);
  const images = childrenOf(root, "IMAGE").map(readImage);
  if (images.length > maximumImages) throw new XmlFault(`${images.length} images`);
  const [first, ...rest] = images.toSorted((a, b) => a.index - b.index);
  if (first === undefined) throw new XmlFault("it describes no image");
  if (rest.some((image, at) => image.index === (rest[at - 1] ?? first).index)) {
    throw new XmlFault("two images have the same index");
  }
  return [first, ...rest];
}

function decodeText(bytes: Buffer): string {
  if (bytes.length % 2 !== 0) throw new XmlFault("an odd number of bytes, which is not UTF-16");
  if (bytes[0] !== 0xff || bytes[1] !== 0xfe)
    throw new XmlFault("the byte order mark of UTF-16LE is missing");
  return new TextDecoder("utf-16le").decode(bytes).replace(/\0+$/, "");
}

function readImage(image: Element): MediumImage {
  const index = Number(image.attributes.get("INDEX"));
  if (!Number.isInteger(index) || index < 1 || index > maximumImages) {
    throw new XmlFault(`an image has the index ${JSON.stringify(image.attributes.get("INDEX") ?? null)}`);
  }
  const windows = child(image, "WINDOWS");
  const version = child(windows, "VERSION");
  const languages = child(windows, "LANGUAGES");
  const editionId = textOf(windows, "EDITIONID");
  const name = textOf(image, "NAME") ?? "";
  const displayName = textOf(image, "DISPLAYNAME");
  return {
    index,
    name,
    displayName: displayName === name ? null : displayName,
    description: textOf(image, "DESCRIPTION"),
    editionId,
    installationType: textOf(windows, "INSTALLATIONTYPE"),
    architecture: architectures[textOf(windows, "ARCH") ?? ""] ?? null,
    languages: childrenOf(languages, "LANGUAGE").map((language) => clean(language.text)),
    defaultLanguage: textOf(languages, "DEFAULT"),
    build: numberOf(version, "BUILD"),
    update: numberOf(version, "SPBUILD"),
    // Server media for evaluation have it in the edition's id only, not in the image's name.
    evaluation: editionId?.toLowerCase().endsWith("eval") === true,
  };
}

/** PROCESSOR_ARCHITECTURE_* of winnt.h. */
const architectures: Readonly<Record<string, MediumArchitecture>> = {
  "0": "x86",
  "5": "arm",
  "6": "ia64",
  "9": "amd64",
  "12": "arm64",
};

function child(element: Element | undefined, name: string): Element | undefined {
  return element?.children.find((candidate) => candidate.name === name);
}

function childrenOf(element: Element | undefined, name: string): readonly Element[] {
  return element?.children.filter((candidate) => candidate.name === name) ?? [];
}

function textOf(element: Element | undefined, name: string): string | null {
  const text = clean(child(element, name)?.text ?? "");
  return text === "" ? null : text;
}

function numberOf(element: Element | undefined, name: string): number | null {
  const text = textOf(element, name);
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

// What is shown on a terminal must not move its cursor.
function clean(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ")
    .trim()
    .slice(0, maximumTextLength);
}
