import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { readDescription } from "../spec/description.ts";
import { madeUpPassword } from "./base.ts";
import { type Path, withoutValue, withValue } from "./document.ts";
import type { Base, Probe } from "./probe.ts";
import { planOf } from "./settle.ts";

/** What holds where a spec is silent about a field. */
export interface Default {
  /** The schema's words, where it depends on other fields: `the release's in docs/releases.md`. */
  readonly words: string | undefined;
  /** What that comes to in this spec; undefined where it is no value that a spec could write. */
  readonly value: unknown;
}

/** The default of a probed field; undefined for a field that has none. */
export async function defaultOf(base: Base, probe: Probe): Promise<Default | undefined> {
  const { schema } = probe.target;
  const { standard: words } = readDescription(schema.description);
  if (schema instanceof z.ZodDefault) return { words, value: schema.def.defaultValue };
  const found = await findValue(base, probe);
  const value = found === madeUpPassword ? undefined : found;
  return words === undefined && value === undefined ? undefined : { words, value };
}

/**
 * The plan has a field's value where it has what the trials wrote, so what it has there without the field is the default.
 * That is proven by writing it: the plan has to stay what it is.
 */
async function findValue(base: Base, { target, trials }: Probe): Promise<unknown> {
  const { path, written } = target;
  const silent = written === undefined ? base : trials.find(({ value }) => value === undefined);
  if (silent === undefined) return (await isDefault(base, path)) ? written : undefined;
  for (const { value, plan } of trials) {
    if (value === undefined) continue;
    for (const found of counterparts(plan, silent.plan, value)) {
      const outcome = await planOf(withValue(base.document, path, found), base.inputs);
      if ("plan" in outcome && isDeepStrictEqual(outcome.plan, silent.plan)) return found;
    }
  }
  return undefined;
}

/** Whether what is written there is what would hold without it. */
async function isDefault(base: Base, path: Path): Promise<boolean> {
  const outcome = await planOf(withoutValue(base.document, path), base.inputs);
  return "plan" in outcome && isDeepStrictEqual(outcome.plan, base.plan);
}

/** What the one value has wherever the other one, which is built alike, has what is looked for. */
function counterparts(there: unknown, here: unknown, wanted: unknown): unknown[] {
  if (isDeepStrictEqual(there, here)) return [];
  if (isDeepStrictEqual(there, wanted)) return [here];
  if (typeof there !== "object" || there === null || typeof here !== "object" || here === null) return [];
  return Object.entries(there).flatMap(([key, inner]: [string, unknown]) =>
    counterparts(inner, Reflect.get(here, key), wanted),
  );
}
