import { stringify } from "yaml";
import type { Imported } from "./import-answer-file.ts";

/** The imported spec as YAML, with what could not be carried over as comments above it. */
export function renderSpec({ spec, leftovers }: Imported, file: string): string {
  const head = [
    `Imported from ${file} by casement import.`,
    ...(leftovers.length === 0 ? ["Nothing was left behind."] : ["", "Not carried over, or only in part:"]),
    ...leftovers.map(({ place, why }) => `- ${place}: ${why}`),
  ];
  const comments = head
    .flatMap((line) => line.split(/\r?\n/))
    .map((line) => `# ${printable(line)}`.trimEnd());
  return `${comments.join("\n")}\n${stringify(spec, { lineWidth: 110 })}`;
}

// A control character would end the comment, or reach the terminal.
function printable(line: string): string {
  return line.replaceAll(/\p{C}/gu, "\u{FFFD}").slice(0, 600);
}
