import { SpecError } from "../errors.ts";
import { parseXml, XmlSyntaxError } from "../unattend/parse-xml.ts";
import type { XmlElement } from "../unattend/xml-element.ts";

/** Far above the nine levels that the reference has. */
const maximumDepth = 40;

/**
 * The root of an answer file. Entities of its own, and the files that they could name, are refused with the document
 * type declaration that they need. Throws SpecError with the place of what is wrong.
 */
export function parseAnswerFile(text: string, file: string): XmlElement {
  const root = parse(text, file);
  if (root.name !== "unattend") {
    throw fault(
      file,
      `its root has to be unattend, got ${root.name.slice(0, 60)}`,
      "An answer file for XP (winnt.sif) is no XML; write its spec by hand (docs/spec.md).",
    );
  }
  if (isDeeper(root, maximumDepth)) {
    throw fault(file, `is nested more deeply than ${maximumDepth} levels, which no answer file is`);
  }
  return root;
}

function parse(text: string, file: string): XmlElement {
  try {
    return parseXml(text);
  } catch (error) {
    if (!(error instanceof XmlSyntaxError)) throw error;
    throw fault(
      file,
      `is not well-formed XML: ${error.message}`,
      "Windows Setup would ignore such a file and ask everything.",
    );
  }
}

// Level by level, so that no nesting can exhaust the stack.
function isDeeper(root: XmlElement, levels: number): boolean {
  let level: readonly XmlElement[] = [root];
  for (let depth = 0; depth < levels && level.length > 0; depth++)
    level = level.flatMap(({ children }) => children);
  return level.length > 0;
}

function fault(file: string, message: string, hint?: string): SpecError {
  return new SpecError(file, [{ path: "", message, ...(hint === undefined ? {} : { hint }) }]);
}
