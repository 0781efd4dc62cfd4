/** The values that each of several options can take, by the options' names. */
export type Factors = Readonly<Record<string, readonly unknown[]>>;

/** One value for each option. */
export type Case = Readonly<Record<string, unknown>>;

/**
 * Cases in which every value of every option stands beside every value of every other option at least once: far fewer than
 * all combinations, and most faults need no more than two options to meet. Greedy and without chance: the same factors give
 * the same cases. An option without a value is a mistake and throws.
 */
export function pairwise(factors: Factors): Case[] {
  const names = Object.keys(factors);
  const sizes = names.map((name) => factors[name]?.length ?? 0);
  const empty = names.find((_, index) => sizes[index] === 0);
  if (empty !== undefined) throw new RangeError(`pairwise: ${empty} has no value`);
  const open = new Set(allPairs(sizes));
  // Without a second option there are no pairs, only values.
  const rows: number[][] =
    open.size > 0 ? [] : Array.from({ length: sizes[0] ?? 1 }, (_, value) => sizes.map(() => value));
  for (let pair = first(open); pair !== undefined; pair = first(open)) {
    const row = fill(pair, sizes, open);
    for (const covered of pairsOf(row)) open.delete(covered);
    rows.push(row);
  }
  return rows.map((row) => valuesOf(factors, names, row));
}

// A pair is `option value option value`, all of them numbers, the options in ascending order.
function pairKey(left: number, leftValue: number, right: number, rightValue: number): string {
  return left < right
    ? `${left} ${leftValue} ${right} ${rightValue}`
    : `${right} ${rightValue} ${left} ${leftValue}`;
}

function* allPairs(sizes: readonly number[]): Iterable<string> {
  for (const [left, leftSize] of sizes.entries()) {
    for (const [right, rightSize] of sizes.entries()) {
      if (right <= left) continue;
      for (let leftValue = 0; leftValue < leftSize; leftValue++) {
        for (let rightValue = 0; rightValue < rightSize; rightValue++) {
          yield pairKey(left, leftValue, right, rightValue);
        }
      }
    }
  }
}

// The pair, and for each other option in turn the value that closes the most open pairs with what stands already.
function fill(pair: string, sizes: readonly number[], open: ReadonlySet<string>): number[] {
  const [left = 0, leftValue = 0, right = 0, rightValue = 0] = pair.split(" ").map(Number);
  const row = new Map([
    [left, leftValue],
    [right, rightValue],
  ]);
  for (const [option, size] of sizes.entries()) {
    if (row.has(option)) continue;
    const gains = Array.from(
      { length: size },
      (_, value) =>
        [...row].filter(([other, otherValue]) => open.has(pairKey(option, value, other, otherValue))).length,
    );
    row.set(option, gains.indexOf(Math.max(...gains)));
  }
  return sizes.map((_, option) => row.get(option) ?? 0);
}

function* pairsOf(row: readonly number[]): Iterable<string> {
  for (const [left, leftValue] of row.entries()) {
    for (const [right, rightValue] of row.entries()) {
      if (left < right) yield pairKey(left, leftValue, right, rightValue);
    }
  }
}

function first(open: ReadonlySet<string>): string | undefined {
  return open.values().next().value;
}

function valuesOf(factors: Factors, names: readonly string[], row: readonly number[]): Case {
  return Object.fromEntries(names.map((name, index) => [name, factors[name]?.[row[index] ?? 0]]));
}
