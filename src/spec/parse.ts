import {
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLParseError,
  type YAMLWarning,
} from "yaml";
import type { Issue } from "../errors.ts";

/** A document as a value, and where in the text each part of it stands. */
export interface ParsedText {
  readonly value: unknown;
  /** Such as `line 3`; undefined where the text has nothing for the path. */
  readonly locate: (path: readonly PropertyKey[]) => string | undefined;
  readonly issues: readonly Issue[];
}

/** Parses YAML 1.2 (core schema, one document, no duplicate keys, no foreign tags). */
export function parseYaml(text: string): ParsedText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const issues = [...document.errors, ...document.warnings].map((fault) => {
    const { line, col } = lines.linePos(fault.pos[0]);
    return { path: `line ${line}, column ${col}`, ...explain(fault, text) };
  });
  if (issues.length > 0) return { value: undefined, locate: () => undefined, issues };
  const locate = (path: readonly PropertyKey[]): string | undefined => {
    const offset = findOffset(document.contents, path);
    return offset === undefined ? undefined : `line ${lines.linePos(offset).line}`;
  };
  try {
    return { value: document.toJS({ maxAliasCount: 100 }), locate, issues: [] };
  } catch (error) {
    // Aliases that would grow without bound, or that lead nowhere.
    const message = error instanceof Error ? error.message : String(error);
    return { value: undefined, locate, issues: [{ path: "", message }] };
  }
}

// The parser speaks to programmers where it means a document.
function explain(fault: YAMLParseError | YAMLWarning, text: string): { message: string; hint?: string } {
  if (fault.code === "DUPLICATE_KEY") {
    const key = /^[^:\n]{1,60}/.exec(text.slice(fault.pos[0]))?.[0].trim() ?? "";
    return { message: `the key ${key} stands here a second time`, hint: "Keep one of them." };
  }
  if (fault.code === "MULTIPLE_DOCS") {
    return { message: "a second document begins; a spec is one", hint: "Give each spec a file of its own." };
  }
  if (/stack/i.test(fault.message)) return { message: "lists or mappings are nested too deeply" };
  if (fault.code === "TAB_AS_INDENT") return { message: fault.message, hint: "Indent with spaces." };
  return { message: fault.message };
}

/** Parses JSON; the rules against duplicate keys and the line numbers are YAML's, of which JSON is a part. */
export function parseJson(text: string): ParsedText {
  try {
    const value: unknown = JSON.parse(text);
    return { ...parseYaml(text), value };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      value: undefined,
      locate: () => undefined,
      issues: [{ path: "", message: `is not JSON: ${message}` }],
    };
  }
}

/** Where the last part of the path stands that the text has: an unknown key, a value, or the mapping that lacks a field. */
function findOffset(root: unknown, path: readonly PropertyKey[]): number | undefined {
  let node = root;
  let offset = isNode(root) ? root.range?.[0] : undefined;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key);
      if (pair === undefined) return offset;
      if (isNode(pair.key)) offset = pair.key.range?.[0];
      node = pair.value;
    } else if (isSeq(node) && typeof key === "number") {
      node = node.items[key];
      if (isNode(node)) offset = node.range?.[0];
    } else {
      return offset;
    }
  }
  return offset;
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value);
}
