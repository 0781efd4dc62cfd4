import type { Dependency, Operator } from "./setup-ini/setup-ini.ts";

/**
 * Compares versions as Cygwin's setup does, which is as libsolv does for RPM (pool_evrcmp): epoch, version, release (behind
 * the last hyphen). Negative where the left one is older, 0 where they are equal.
 */
export function compareVersions(left: string, right: string): number {
  const a = split(left);
  const b = split(right);
  const order = comparePart(a.epoch, b.epoch) || comparePart(a.version, b.version);
  if (order !== 0) return order;
  if (a.release === undefined || b.release === undefined)
    return Number(a.release !== undefined) - Number(b.release !== undefined);
  return comparePart(a.release, b.release);
}

/**
 * Whether a version is one that the constraint allows. A constraint without a release stands for every release of its
 * version: `= 1.2` and `>= 1.2` take 1.2-3, `> 1.2` and `< 1.2` do not.
 */
export function satisfies(version: string, constraint: NonNullable<Dependency["constraint"]>): boolean {
  const has = split(version);
  const wants = split(constraint.version);
  const order =
    comparePart(has.epoch, wants.epoch) ||
    comparePart(has.version, wants.version) ||
    (has.release === undefined || wants.release === undefined ? 0 : comparePart(has.release, wants.release));
  return allowed[constraint.operator](order);
}

const allowed: Readonly<Record<Operator, (order: number) => boolean>> = {
  "=": (order) => order === 0,
  "<": (order) => order < 0,
  ">": (order) => order > 0,
  "<=": (order) => order <= 0,
  ">=": (order) => order >= 0,
};

interface Parts {
  readonly epoch: string;
  readonly version: string;
  readonly release: string | undefined;
}

// An empty release counts as none.
function split(text: string): Parts {
  const colon = /^\d+:/.exec(text)?.[0].length ?? 0;
  const hyphen = text.lastIndexOf("-");
  const hasRelease = hyphen >= colon;
  const release = hasRelease ? text.slice(hyphen + 1) : "";
  return {
    epoch: colon === 0 ? "0" : text.slice(0, colon - 1),
    version: text.slice(colon, hasRelease ? hyphen : undefined),
    release: release === "" ? undefined : release,
  };
}

/**
 * rpmvercmp with tilde (older than anything, even the end) and caret (newer than the end, older than anything else): runs of
 * digits and runs of letters, one by one; digits are newer than letters; what else is there only separates.
 */
function comparePart(left: string, right: string): number {
  const a = runs(left);
  const b = runs(right);
  for (let index = 0; ; index++) {
    const x = a[index];
    const y = b[index];
    if (x === undefined && y === undefined) return 0;
    if (x !== y) {
      const order = compareRuns(x, y);
      if (order !== 0) return order;
    }
  }
}

function compareRuns(x: string | undefined, y: string | undefined): number {
  if (x === "~") return -1;
  if (y === "~") return 1;
  if (x === undefined) return -1;
  if (y === undefined) return 1;
  if (x === "^") return -1;
  if (y === "^") return 1;
  const isNumber = /^\d/.test(x);
  if (isNumber !== /^\d/.test(y)) return isNumber ? 1 : -1;
  const [p, q] = isNumber ? [withoutZeros(x), withoutZeros(y)] : [x, y];
  if (isNumber && p.length !== q.length) return p.length - q.length;
  return p < q ? -1 : p > q ? 1 : 0;
}

function runs(text: string): readonly string[] {
  return text.match(/\d+|[A-Za-z]+|[~^]/g) ?? [];
}

function withoutZeros(digits: string): string {
  return digits.replace(/^0+(?=\d)/, "");
}
