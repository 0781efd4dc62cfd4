import { isScalar, parse, parseDocument } from "yaml";
import { InternalError } from "../errors.ts";

/**
 * A YAML text with another text at one place; everything else, comments too, stays to the byte. Throws InternalError where
 * the place holds no scalar.
 */
export function replaceScalar(text: string, path: readonly string[], value: string): string {
  const node = parseDocument(text).getIn(path, true);
  if (!isScalar(node) || node.range === undefined || node.range === null) {
    throw new InternalError(`no scalar at ${path.join(".")}`);
  }
  const [start, end] = node.range;
  return text.slice(0, start) + scalar(value) + text.slice(end);
}

// Plain where that means the same text; JSON's quotes are YAML's otherwise.
function scalar(value: string): string {
  return /^[\w.-]+$/.test(value) && parse(value) === value ? value : JSON.stringify(value);
}
