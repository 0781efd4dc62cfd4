import assert from "node:assert/strict";
import * as fc from "fast-check";
import { renderFiles } from "../../src/artifacts/render-all.ts";
import { baseOf } from "../../src/explain/base.ts";
import { candidatesFor } from "../../src/explain/candidates.ts";
import { withoutValue, withValue } from "../../src/explain/document.ts";
import { linesIn } from "../../src/explain/effects.ts";
import { type Explanation, explainFile } from "../../src/explain/explain.ts";
import type { Base } from "../../src/explain/probe.ts";
import { planOf } from "../../src/explain/settle.ts";
import { findTargets, type Target } from "../../src/explain/targets.ts";
import { checkDocument } from "../../src/spec/check-document.ts";
import { showPath } from "../../src/spec/show.ts";
import { arbitrarySpec } from "../artifacts/specs.ts";

/** How much of a property was looked at. */
export interface Looked {
  readonly specs: number;
  readonly lines: number;
}

/**
 * For random specs, files, fields and values, tried by explain or not: a line that the value takes away is one of the field's.
 * Throws where one is not.
 */
export async function assertChangesAreTold(count: number, seed: number): Promise<Looked> {
  let lines = 0;
  const bases = await randomBases(count, seed);
  const numbers = fc.sample(fc.nat(), { numRuns: bases.length * 200, seed }).values();
  const pick = <Item>(items: readonly Item[]): Item | undefined =>
    items[(numbers.next().value ?? 0) % items.length];
  for (const base of bases) {
    const path = pick(renderFiles(base.plan))?.path ?? "";
    const explanation = await explainFile(base, path);
    assert.ok(explanation !== undefined, path);
    const targets = flatten(findTargets(base.document));
    for (let times = 0; times < 90; times++) {
      const target = pick(targets);
      if (target === undefined) continue;
      const value = pick(candidatesFor(target).values);
      lines += await assertTold(base, target, { value, path, explanation });
    }
  }
  return { specs: bases.length, lines };
}

/** For random specs: what explain says to be the same for every spec, stands in the files of all others. Throws where it does not. */
export async function assertFixedIsFixed(base: Base, path: string, others: readonly Base[]): Promise<Looked> {
  const explanation = await explainFile(base, path);
  assert.ok(explanation !== undefined);
  const fixed = explanation.lines.filter(({ causes }) => causes.length === 0);
  let specs = 0;
  for (const other of others) {
    const lines = linesIn(other.plan, path);
    if (lines === undefined) continue;
    specs += 1;
    const there = new Set(lines);
    for (const { text } of fixed) {
      assert.ok(there.has(text), `${path}: ${text}: not in that of ${JSON.stringify(other.document)}`);
    }
  }
  return { specs, lines: fixed.length * specs };
}

/** Random specs that hold. */
export async function randomBases(count: number, seed: number): Promise<Base[]> {
  const bases: Base[] = [];
  for (const spec of fc.sample(arbitrarySpec, { numRuns: count, seed })) {
    const base = await baseIn(spec);
    if (base !== undefined) bases.push(base);
  }
  return bases;
}

async function assertTold(
  base: Base,
  { path: place }: Target,
  { value, path, explanation }: { value: unknown; path: string; explanation: Explanation },
): Promise<number> {
  const changed =
    value === undefined ? withoutValue(base.document, place) : withValue(base.document, place, value);
  const outcome = await planOf(changed, base.inputs);
  if (!("plan" in outcome)) return 0;
  const field = showPath(place);
  const lines = linesIn(outcome.plan, path);
  const message = (what: string): string =>
    `${path}: ${what}, not told of ${field} = ${JSON.stringify(value)} in ${JSON.stringify(base.document)}`;
  if (lines === undefined) {
    assert.ok(
      explanation.presence.some((other) => isAbout(other, field)),
      message("gone"),
    );
    return 1;
  }
  const there = new Set(lines);
  const gone = explanation.lines.filter(({ text }) => !there.has(text));
  for (const { text, causes } of gone) {
    assert.ok(
      causes.some((cause) => isAbout(cause.field, field)),
      message(text),
    );
  }
  return gone.length;
}

// A list's items and a mapping's members speak for it.
function isAbout(told: string, field: string): boolean {
  return told === field || told.startsWith(`${field}.`) || told.startsWith(`${field}[`);
}

async function baseIn(document: unknown): Promise<Base | undefined> {
  const checked = await checkDocument(document);
  if (!("spec" in checked)) return undefined;
  const base = baseOf(document, checked.spec, "Made-1");
  const outcome = await planOf(document, base.inputs);
  return "plan" in outcome ? base : undefined;
}

function flatten(targets: readonly Target[]): Target[] {
  return targets.flatMap((target) => [target, ...flatten(target.inner)]);
}
