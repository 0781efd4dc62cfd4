import { textAt } from "./answer-reader.ts";
import type { XmlElement } from "../unattend/xml-element.ts";

/** The password in an element such as `Password`: as it stands, or base64 of UTF-16LE with the element's name behind it. */
export function readPassword(holder: XmlElement | undefined): string | undefined {
  if (holder === undefined) return undefined;
  const value = textAt(holder, "Value");
  if (value === undefined || textAt(holder, "PlainText")?.toLowerCase() !== "false") return value;
  const decoded = Buffer.from(value, "base64").toString("utf16le");
  return decoded.endsWith(holder.name) ? decoded.slice(0, -holder.name.length) : decoded;
}
