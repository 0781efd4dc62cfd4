import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from "diff";
import type { Line } from "./line.ts";

// An edit this long takes about a third of a second to find, and the time grows with its square.
const longestEdit = 2000;

/**
 * Two texts as a unified diff that patch(1) takes, with three lines around each change; undefined where they have so little
 * in common that it would take long to find. An absent side is a file that is not there.
 */
export function unifiedDiff(
  file: string,
  old: string | undefined,
  next: string | undefined,
): readonly Line[] | undefined {
  const isWhole = old === undefined || next === undefined;
  const patch = structuredPatch(
    old === undefined ? "/dev/null" : file,
    next === undefined ? "/dev/null" : file,
    old ?? "",
    next ?? "",
    undefined,
    undefined,
    { context: 3, ...(isWhole ? {} : { maxEditLength: longestEdit }) },
  );
  if (patch === undefined) return undefined;
  const lines = formatPatch(patch, FILE_HEADERS_ONLY).slice(0, -1).split("\n");
  return lines.map((text, index) => ({ kind: index < 2 ? "file" : (kinds[text[0] ?? ""] ?? "same"), text }));
}

// By the first character; that of an unchanged line is a blank, and a last line without an end is told after a backslash.
const kinds: Readonly<Record<string, Line["kind"]>> = { "@": "place", "-": "removed", "+": "added" };
