import type { Summary } from "./measure.ts";

export type Unit = "s" | "ms" | "MB" | "times";

/** A budget of the design, and whether this run met it. */
export interface Verdict {
  readonly text: string;
  readonly met: boolean;
}

/** One line of the table. */
export interface Row {
  readonly case: CaseName;
  readonly what: string;
  readonly unit: Unit;
  readonly summary: Summary;
  /** What it is compared with in the same run: "18.2 times faster than …". */
  readonly ratios?: readonly string[];
  readonly budget?: Verdict;
  readonly note?: string;
}

export const caseNames = [
  "revive",
  "freeze",
  "memory",
  "size",
  "transfer",
  "run",
  "concurrent",
  "share",
  "generate",
  "growth",
] as const;
export type CaseName = (typeof caseNames)[number];

/** A budget with an upper limit; the value is in the unit that the limit's text names. */
export function atMost(value: number, limit: number, unit: string): Verdict {
  return { text: `<= ${limit}${unit}`, met: value <= limit };
}

/** A budget with a lower limit. */
export function atLeast(value: number, limit: number, unit: string): Verdict {
  return { text: `>= ${limit}${unit}`, met: value >= limit };
}

/** Such as "12.3 times faster than cold boot". */
export function faster(times: number, than: string): string {
  return `${number(times)} times faster than ${than}`;
}

/** Three digits that matter, and no more than three behind the point. */
export function number(value: number): string {
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
}
