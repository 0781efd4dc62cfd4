import { styleText } from "node:util";
import type { Line } from "./line.ts";

/** A line for a terminal: with the control characters of the files made visible, which could move its cursor, and in colour where it has them. */
export function paint({ kind, text }: Line, hasColors: boolean): string {
  // A carriage return at the end is half of a line's end.
  const visible = text.replace(/\r$/, "").replace(/(?!\t)\p{Cc}/gu, showControl);
  return hasColors ? styleText(colors[kind], visible, { validateStream: false }) : visible;
}

const colors = {
  head: "bold",
  file: "bold",
  place: "cyan",
  removed: "red",
  added: "green",
  same: "reset",
} as const satisfies Record<Line["kind"], Parameters<typeof styleText>[0]>;

/** As `cat -v` shows them: ^M, ^[, ^?. */
function showControl(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x80 ? `^${String.fromCharCode(code ^ 0x40)}` : `<${code.toString(16)}>`;
}
