import { z } from "zod";
import type { Summary } from "../measure.ts";

const pointSchema = z.strictObject({
  x: z.number(),
  /** What the samples came to, in the unit of the axis. */
  median: z.number(),
  min: z.number(),
  max: z.number(),
  runs: z.int().positive(),
});

/** What a picture is drawn from, and what is committed beside it. */
export const plotSchema = z.strictObject({
  title: z.string(),
  /** When, on what and beside how much other work it was measured; a line each. */
  measured: z.array(z.string()),
  x: z.strictObject({
    /** With its unit. */
    label: z.string(),
    /** log2: each doubling is as wide as the last; all values are above 0 then. */
    scale: z.enum(["linear", "log2"]),
  }),
  /** Always linear, from 0. */
  y: z.strictObject({ label: z.string() }),
  series: z.array(z.strictObject({ name: z.string(), points: z.array(pointSchema).min(1) })).min(1),
});

export type Plot = z.infer<typeof plotSchema>;
export type Series = Plot["series"][number];
export type Point = Series["points"][number];

/** A point of a series. */
export function pointOf(x: number, { median, min, max, runs }: Summary): Point {
  const round = (value: number): number => Number(value.toPrecision(4));
  return { x, median: round(median), min: round(min), max: round(max), runs };
}
