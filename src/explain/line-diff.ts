import { diffArrays } from "diff";

/**
 * Lines `from` up to (not with) `to` of one text that stand as `first` up to `last` in the other: first === last where they are
 * gone, and from === to where lines came in.
 */
export interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly last: number;
}

/** How one text became another, by the fewest lines. Texts that have next to nothing in common count as one change. */
export function diffLines(before: readonly string[], after: readonly string[]): Hunk[] {
  const parts = diffArrays([...before], [...after], { maxEditLength: mostEdits });
  if (parts === undefined) return [{ from: 0, to: before.length, first: 0, last: after.length }];
  const hunks: Hunk[] = [];
  let open: Hunk = { from: 0, to: 0, first: 0, last: 0 };
  for (const { added, removed, count } of parts) {
    if (removed) open = { ...open, to: open.to + count };
    else if (added) open = { ...open, last: open.last + count };
    else {
      if (open.to > open.from || open.last > open.first) hunks.push(open);
      open = {
        from: open.to + count,
        to: open.to + count,
        first: open.last + count,
        last: open.last + count,
      };
    }
  }
  return open.to > open.from || open.last > open.first ? [...hunks, open] : hunks;
}

// Far above what any change of a spec does; the time grows with its square.
const mostEdits = 1000;
