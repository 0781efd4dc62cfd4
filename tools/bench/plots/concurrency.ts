import { z } from "zod";
import { summarize } from "../measure.ts";
import { type Plot, pointOf } from "./plot.ts";

const figures = z.array(z.number()).min(1);

const rowsSchema = z.array(
  z.looseObject({
    concurrency: z.int().positive(),
    /** Of each run. */
    seconds: figures,
    runsPerMinute: z.number(),
    /** Of each run, guest and controller together: private memory, and with its part of what is shared (PSS). */
    privateMB: figures,
    pssMB: figures,
  }),
);

/** What the case `concurrent` leaves: a row for each number of runs at a time, alone or with what it was measured on. */
export const concurrencySchema = z.union([
  rowsSchema.transform((rows) => ({ measured: [] as readonly string[], rows })),
  z.strictObject({ measured: z.array(z.string()), rows: rowsSchema }),
]);

/** The pictures of many runs at once, by their names. */
export function concurrencyPlots({
  measured,
  rows,
}: z.output<typeof concurrencySchema>): Readonly<Record<string, Plot>> {
  const plot = (title: string, label: string, series: Plot["series"]): Plot => ({
    title,
    measured: [...measured],
    x: { label: "runs at a time", scale: "log2" },
    y: { label },
    series,
  });
  const over = (name: string, samples: (row: (typeof rows)[number]) => readonly number[]) => ({
    name,
    points: rows.map((row) => pointOf(row.concurrency, summarize(samples(row)))),
  });
  return {
    "concurrency-time": plot("How long a run takes among others", "run time, s", [
      over("a whole run", (row) => row.seconds),
    ]),
    "concurrency-throughput": plot("How many runs get done", "runs per minute", [
      over("runs per minute", (row) => [row.runsPerMinute]),
    ]),
    "concurrency-memory": plot("Memory of a run, guest and controller, among others", "memory, MB", [
      over("private", (row) => row.privateMB),
      over("with its part of what is shared (PSS)", (row) => row.pssMB),
    ]),
  };
}
