import { printable } from "../../src/runtime/printable.ts";
import { escapeXml } from "../../src/text/xml.ts";

/** A text as it may stand in a picture. Some characters are no XML, escaped or not. */
export function svgText(value: string): string {
  return escapeXml(
    printable(value)
      .toWellFormed()
      .replaceAll(/[\uFFFE\uFFFF]/g, "\uFFFD"),
  );
}

/** Pixels as a picture needs them: tenths. */
export function pixels(value: number): number {
  return Math.round(value * 10) / 10;
}
