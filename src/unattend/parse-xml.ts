import { SaxesParser } from "saxes";
import type { XmlElement } from "./xml-element.ts";

/** A document that is not well-formed; the message says where. Setup ignores such an answer file and asks everything. */
export class XmlSyntaxError extends Error {
  override readonly name = "XmlSyntaxError";
}

/** Parses a whole document and returns its root; comments and processing instructions are left out. */
export function parseXml(text: string): XmlElement {
  const parser = new SaxesParser();
  const open: Building[] = [];
  let root: Building | undefined;
  parser.on("error", (error) => {
    throw new XmlSyntaxError(error.message);
  });
  parser.on("doctype", () => {
    throw new XmlSyntaxError(
      `${parser.line}:${parser.column}: a document type declaration, which no answer file has`,
    );
  });
  parser.on("opentag", (tag) => {
    const element: Building = { name: tag.name, attributes: { ...tag.attributes }, children: [], text: "" };
    const parent = open.at(-1);
    if (parent === undefined) root = element;
    else parent.children.push(element);
    open.push(element);
  });
  const append = (data: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += data;
  };
  parser.on("text", append);
  parser.on("cdata", append);
  parser.on("closetag", () => {
    open.pop();
  });
  parser.write(text).close();
  if (root === undefined) throw new XmlSyntaxError("the document has no element");
  return root;
}

interface Building {
  name: string;
  attributes: Record<string, string>;
  children: Building[];
  text: string;
}
