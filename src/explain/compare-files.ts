import { answerFileKeys } from "./answer-file-keys.ts";
import { diffLines, type Hunk } from "./line-diff.ts";

/** What a line becomes: another text, nothing (null), or a part of something else (undefined). */
export type Becomes = string | null | undefined;

/** How a file differs from another one, by the places of its own lines, from 0. */
export interface Comparison {
  readonly changes: ReadonlyMap<number, Becomes>;
  /** Before which lines others come in. */
  readonly additions: readonly number[];
}

/** Compares two files line by line; blocks of an answer file are found again by what they hold. */
export function compareFiles(before: readonly string[], after: readonly string[]): Comparison {
  const { partners, hunks } = align(before, after);
  const changes = new Map<number, Becomes>();
  for (const [line, partner] of partners.entries()) {
    if (partner !== undefined && before[line] !== after[partner]) changes.set(line, after[partner]);
  }
  for (const { from, to, first, last } of hunks) {
    for (let line = from; line < to; line++) {
      if (partners[line] === undefined) changes.set(line, first === last ? null : undefined);
    }
  }
  const additions = hunks.filter(({ from, to }) => from === to).map(({ from }) => from);
  return { changes, additions };
}

/**
 * What happens between the second file and the third (`after`), at the lines of the first that those of the second come from;
 * only at those that are the same in both, where that is asked for.
 */
export function compareThrough(
  first: readonly string[],
  second: readonly string[],
  { after, onlySame }: { readonly after: readonly string[]; readonly onlySame: boolean },
): Comparison {
  const { partners, hunks } = align(first, second);
  const later = compareFiles(second, after).changes;
  const changes = new Map<number, Becomes>();
  for (const [line, partner] of partners.entries()) {
    if (partner === undefined || !later.has(partner)) continue;
    if (!onlySame || first[line] === second[partner]) changes.set(line, later.get(partner));
  }
  for (const hunk of onlySame ? [] : hunks) {
    if (![...later.keys()].some((line) => line >= hunk.first && line < hunk.last)) continue;
    for (let line = hunk.from; line < hunk.to; line++) {
      if (partners[line] === undefined) changes.set(line, undefined);
    }
  }
  return { changes, additions: [] };
}

interface Alignment {
  /** For each line of the one file where it stands in the other, perhaps as another text; undefined where nowhere. */
  readonly partners: readonly (number | undefined)[];
  readonly hunks: readonly Hunk[];
}

function align(before: readonly string[], after: readonly string[]): Alignment {
  const hunks = diffLines(answerFileKeys(before), answerFileKeys(after)).flatMap((block) =>
    // A block with one other line in it has another key in each of its lines.
    diffLines(before.slice(block.from, block.to), after.slice(block.first, block.last)).map(
      ({ from, to, first, last }) => ({
        from: from + block.from,
        to: to + block.from,
        first: first + block.first,
        last: last + block.first,
      }),
    ),
  );
  const partners: (number | undefined)[] = [];
  let place = 0;
  const end = { from: before.length, to: before.length, first: after.length, last: after.length };
  for (const { from, to, first, last } of [...hunks, end]) {
    while (partners.length < from) partners.push(place++);
    const paired = to - from === last - first;
    while (partners.length < to) partners.push(paired ? first + partners.length - from : undefined);
    place = last;
  }
  return { partners, hunks };
}
