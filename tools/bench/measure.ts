/** What repeated measurements of one thing come to; all numbers are in the unit of the samples. */
export interface Summary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** How many samples there were. */
  readonly runs: number;
}

/** Median (the mean of the middle two for an even count), minimum and maximum; throws for no samples and for one that is no number. */
export function summarize(samples: readonly number[]): Summary {
  const bad = samples.find((sample) => !Number.isFinite(sample));
  if (samples.length === 0 || bad !== undefined)
    throw new RangeError(`samples: at least one finite number, got ${bad ?? "none"}`);
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    min: at(0),
    max: at(sorted.length - 1),
    runs: sorted.length,
  };
}

/** How many times the median of `slow` is that of `fast`. */
export function ratio(slow: Summary, fast: Summary): number {
  return slow.median / fast.median;
}

/** Milliseconds that the work takes; its failure is the caller's. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** One way of doing a thing: returns a sample, or undefined to sit this round out. */
export type Way = (round: number) => Promise<number | undefined>;

/**
 * Runs the ways side by side, A B C A B C …, so that whatever else slows the machine down slows all of them. Returns
 * what each came to, by its name.
 */
export async function interleave<Name extends string>(
  rounds: number,
  ways: Readonly<Record<Name, Way>>,
): Promise<(name: Name) => Summary> {
  const samples = new Map<string, number[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, way] of Object.entries<Way>(ways)) {
      const sample = await way(round);
      if (sample !== undefined) samples.set(name, [...(samples.get(name) ?? []), sample]);
    }
  }
  return (name) => summarize(samples.get(name) ?? []);
}
