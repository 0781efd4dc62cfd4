/** The candidate that is fewest edits away, case aside; undefined if none is near enough to have been meant. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance && distance <= Math.max(2, candidate.length / 3)) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/**
 * What was meant by a word, for a hint: the candidates that it begins or stands in, such as every `windows-11-…` for
 * "Windows 11" (case, spaces and dashes aside), or else the nearest; none where that would be a guess.
 */
export function meant(word: string, candidates: readonly string[]): readonly string[] {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[\s_-]/g, "");
  const wanted = plain(word);
  if (wanted.length >= shortestPart) {
    const begun = candidates.filter((candidate) => plain(candidate).startsWith(wanted));
    const holding = begun.length > 0 ? begun : candidates.filter((each) => plain(each).includes(wanted));
    if (holding.length > 0) return holding.length > mostShown ? [] : holding;
  }
  const close = nearest(word, candidates);
  return close === undefined ? [] : [close];
}

// A language's code has two letters.
const shortestPart = 2;
const mostShown = 6;

/** The hint for what was meant; undefined where nothing was. */
export function didYouMean(word: string, candidates: readonly string[]): string | undefined {
  const found = meant(word, candidates);
  if (found.length === 0) return undefined;
  return `Did you mean ${found.length === 1 ? "" : "one of "}${found.join(", ")}?`;
}

// Levenshtein's distance, row by row; names only, so long ones are cut.
function editDistance(left: string, right: string): number {
  const a = left.slice(0, 40);
  const b = right.slice(0, 40);
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitute = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(substitute, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
