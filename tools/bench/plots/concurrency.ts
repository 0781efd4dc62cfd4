import { z } from "zod";
import { type Concurrency, concurrencySchema } from "../cases/concurrent.ts";
import { summarize } from "../measure.ts";
import { type Plot, pointOf } from "./plot.ts";

/** What the case `concurrent` leaves, and what it was measured on. */
export const concurrencyFigures = z.strictObject({
  measured: z.array(z.string()),
  rows: z.array(concurrencySchema).min(1),
});

/** The pictures of many runs at once, by their names. */
export function concurrencyPlots({
  measured,
  rows,
}: z.infer<typeof concurrencyFigures>): Readonly<Record<string, Plot>> {
  const plot = (title: string, label: string, series: Plot["series"]): Plot => ({
    title,
    measured,
    x: { label: "runs at a time", scale: "log2" },
    y: { label },
    series,
  });
  const over = (name: string, samples: (row: Concurrency) => readonly number[]) => ({
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
      over("of that, code translated by the emulation", (row) => row.translatedMB),
      over("with shared parts (PSS)", (row) => row.pssMB.map((all) => all / row.concurrency)),
    ]),
  };
}
