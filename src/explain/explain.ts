import { showPath } from "../spec/show.ts";
import { type Default, defaultOf } from "./default-of.ts";
import { type Change, type Effect, effectOf, linesIn } from "./effects.ts";
import { type Base, type Probe, probe } from "./probe.ts";
import { reasonFor } from "./reason.ts";
import { findTargets, type Target } from "./targets.ts";

/** What decides the lines of one generated file. */
export interface Explanation {
  readonly lines: readonly ExplainedLine[];
  /** By name, what the spec says of each field that decides a line, or the file itself. */
  readonly fields: ReadonlyMap<string, FieldFacts>;
  /** Fields of which another value would leave the file out. */
  readonly presence: readonly string[];
  /** Fields that bring lines in, and after which line, 0 for the beginning of the file. */
  readonly additions: readonly { readonly field: string; readonly after: readonly number[] }[];
  /** Fields of which no other value fits the spec, so that nobody knows what they decide. */
  readonly untried: readonly { readonly field: string; readonly why: string }[];
}

export interface ExplainedLine {
  readonly text: string;
  /** The fields that decide it, the one that decides the fewest lines first; none where no field changes it. */
  readonly causes: readonly Cause[];
  /** What else casement's source, or the file itself, tells of it. */
  readonly reason: string | undefined;
}

export interface Cause {
  /** Such as `windows.accounts[0].name`. */
  readonly field: string;
  /** What was tried that changes the line; never empty. */
  readonly changes: readonly Change[];
  /** Only in a spec without all other fields does one of these values change the line. */
  readonly isAlone: boolean;
}

export interface FieldFacts {
  /** Undefined where the spec is silent. */
  readonly written: unknown;
  readonly path: readonly (string | number)[];
  readonly standard: Default | undefined;
}

/**
 * Says which fields of a spec decide the lines of one generated file, by trying: each field gets other values, and the lines
 * that are others then are the field's. Undefined where the spec generates no such file.
 */
export async function explainFile(base: Base, path: string): Promise<Explanation | undefined> {
  const lines = linesIn(base.plan, path);
  if (lines === undefined) return undefined;
  const weighed = await weighAll(base, path, findTargets(base.document));
  // A field that decides few lines is more to the point than one, such as the release, that decides many.
  const ranked = weighed.toSorted((left, right) => left.effect.changed.size - right.effect.changed.size);
  const explained = lines.map((text, line) => ({
    text,
    causes: causesOf(ranked, line),
    reason: reasonFor({ path, lines, plan: base.plan }, line),
  }));
  const presence = withoutHolders(ranked.filter(({ effect }) => effect.absent.length > 0)).map(
    ({ field }) => field,
  );
  const named = new Set([
    ...explained.flatMap(({ causes }) => causes.map(({ field }) => field)),
    ...presence,
  ]);
  return {
    lines: explained,
    fields: await factsOf(base, weighed, named),
    presence,
    additions: weighed
      .filter(({ effect }) => effect.added.size > 0)
      .map(({ field, effect }) => ({ field, after: [...effect.added].toSorted((a, b) => a - b) })),
    untried: weighed.flatMap(({ field, probed }) =>
      probed.refusal === undefined ? [] : [{ field, why: probed.refusal }],
    ),
  };
}

/** A probe, and what it does to the file. */
interface Weighed {
  readonly field: string;
  readonly probed: Probe;
  readonly effect: Effect;
  readonly alone: Effect;
}

async function weighAll(base: Base, path: string, targets: readonly Target[]): Promise<Weighed[]> {
  const weighed: Weighed[] = [];
  for (const target of targets) {
    const probed = await probe(base, target);
    const effect = effectOf(probed.trials, path, { plan: base.plan, onlySame: false });
    const alone = effectOf(probed.alone, path, { plan: base.plan, onlySame: true });
    weighed.push({ field: showPath(target.path), probed, effect, alone });
    const isTried = probed.trials.length > 0;
    if (isTried && effect.changed.size + effect.added.size + effect.absent.length === 0) continue;
    const inner = await weighAll(base, path, target.inner);
    // What was tried as a whole was tried.
    weighed.push(...(isTried ? inner.filter((each) => each.probed.refusal === undefined) : inner));
  }
  return weighed;
}

function causesOf(ranked: readonly Weighed[], line: number): Cause[] {
  const causes = (effect: "effect" | "alone"): Cause[] =>
    ranked.flatMap((each) => {
      const changes = each[effect].changed.get(line);
      return changes === undefined ? [] : [{ field: each.field, changes, isAlone: effect === "alone" }];
    });
  const found = causes("effect");
  // What only a spec without the other fields shows is the last thing to say.
  return withoutHolders(found.length > 0 ? found : causes("alone"));
}

// That a list decides what one of its items decides says no more.
function withoutHolders<Named extends { readonly field: string }>(all: readonly Named[]): Named[] {
  return all.filter(
    ({ field }) =>
      !all.some((other) => other.field.startsWith(`${field}.`) || other.field.startsWith(`${field}[`)),
  );
}

async function factsOf(
  base: Base,
  weighed: readonly Weighed[],
  named: ReadonlySet<string>,
): Promise<Map<string, FieldFacts>> {
  const facts = new Map<string, FieldFacts>();
  for (const { field, probed } of weighed) {
    const { path, written } = probed.target;
    if (named.has(field)) facts.set(field, { path, written, standard: await defaultOf(base, probed) });
  }
  return facts;
}
