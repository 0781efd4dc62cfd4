import { InternalError } from "../errors.ts";
import { loneSurrogate, refuse } from "./unrepresentable.ts";

/**
 * The value (text, integers, booleans, null, lists and plain objects of them) as one Nix expression that can stand
 * anywhere an argument can. Throws InternalError for a value of any other kind.
 */
export function nixLiteral(value: unknown): string {
  if (typeof value === "string") return nixString(value);
  if (typeof value === "number") return nixNumber(value);
  if (typeof value === "boolean" || value === null) return String(value);
  if (Array.isArray(value)) return nixList(value);
  if (typeof value !== "object")
    throw new InternalError(`Nix: no literal for a value of type ${typeof value}`);
  const entries = Object.entries(value).map(([name, item]) => `${nixAttrName(name)} = ${nixLiteral(item)};`);
  return entries.length === 0 ? "{ }" : `{ ${entries.join(" ")} }`;
}

/** An attribute's name: bare where Nix allows it, quoted elsewhere. */
export function nixAttrName(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_'-]*$/.test(name) && !keywords.has(name) ? name : nixString(name);
}

const keywords = new Set(["assert", "else", "if", "in", "inherit", "let", "or", "rec", "then", "with"]);

// A raw CR LF inside a string is read as LF, hence \r; `''` means nothing inside double quotes.
function nixString(text: string): string {
  refuse("Nix", text, /\0/);
  refuse("Nix", text, loneSurrogate);
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("${", "\\${")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t");
  return `"${escaped}"`;
}

function nixNumber(value: number): string {
  if (!Number.isSafeInteger(value))
    throw new InternalError(`Nix: only integers have a literal, got ${value}`);
  return value < 0 ? `(${value})` : String(value);
}

function nixList(items: readonly unknown[]): string {
  return items.length === 0 ? "[ ]" : `[ ${items.map(nixLiteral).join(" ")} ]`;
}
