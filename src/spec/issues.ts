import { z } from "zod";
import type { Issue } from "../errors.ts";
import { didYouMean, nearest } from "../text/nearest.ts";
import { showPath, showValue } from "./show.ts";

/** A fault with the place as keys, so that its line in the file can be found. */
export interface Fault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly hint?: string;
}

/** zod's issues as faults that say what is allowed and what was given; one for each place, and one for each unknown key. */
export function describeIssues(
  schema: z.ZodType,
  input: unknown,
  issues: readonly z.core.$ZodIssue[],
): Fault[] {
  const faults: Fault[] = [];
  const seen = new Set<string>();
  for (const issue of issues) {
    if (issue.code === "unrecognized_keys") {
      faults.push(...issue.keys.map((key) => unknownKey(schema, input, issue.path, key)));
      continue;
    }
    const place = showPath(issue.path);
    if (seen.has(place)) continue;
    seen.add(place);
    faults.push({ path: issue.path, ...describe(issue, valueAt(input, issue.path)) });
  }
  return faults;
}

/** A fault as the error class wants it. */
export function toIssue(fault: Fault, locate: (path: readonly PropertyKey[]) => string | undefined): Issue {
  const line = locate(fault.path);
  const path = showPath(fault.path) + (line === undefined ? "" : ` (${line})`);
  return fault.hint === undefined
    ? { path: path.trim(), message: fault.message }
    : { path: path.trim(), message: fault.message, hint: fault.hint };
}

/** What stands at a path of a document, or undefined. */
export function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

function describe(issue: z.core.$ZodIssue, value: unknown): { message: string; hint?: string } {
  const got = showValue(value);
  if (issue.code === "invalid_type") {
    if (value === undefined)
      return { message: `is required and missing; it has to be ${kind(issue.expected)}` };
    const message = `has to be ${kind(issue.expected)}, got ${got}`;
    const plain = issue.expected === "string" && typeof value !== "object";
    return plain ? { message, hint: "In YAML, put it in quotes to make it text." } : { message };
  }
  if (issue.code === "invalid_value") return oneOf(issue.values.map(String), value);
  if (issue.code === "too_small") {
    return { message: `has to be ${bound("at least", "more than", issue.minimum, issue)}, got ${got}` };
  }
  if (issue.code === "too_big") {
    return { message: `has to be ${bound("at most", "less than", issue.maximum, issue)}, got ${got}` };
  }
  return { message: `${issue.message}, got ${got}` };
}

function oneOf(values: readonly string[], value: unknown): { message: string; hint?: string } {
  if (value === undefined) return { message: `is required and missing; allowed: ${list(values)}` };
  const hint = typeof value === "string" ? didYouMean(value, values) : undefined;
  const message = `is not one of the allowed values, got ${showValue(value)}; allowed: ${list(values)}`;
  return hint === undefined ? { message } : { message, hint };
}

// A list of 140 time zones is no help.
function list(values: readonly string[]): string {
  return values.length <= 40
    ? values.join(", ")
    : `${values.slice(0, 8).join(", ")} and ${values.length - 8} more (docs/spec.md)`;
}

function bound(
  inclusive: string,
  exclusive: string,
  limit: number | bigint,
  issue: { inclusive?: boolean | undefined; origin: string },
): string {
  const unit = issue.origin === "array" ? " items" : issue.origin === "string" ? " characters" : "";
  return `${issue.inclusive === false ? exclusive : inclusive} ${limit}${unit}`;
}

function kind(expected: string): string {
  const words: Record<string, string> = {
    string: "text",
    int: "a whole number",
    number: "a number",
    array: "a list",
    object: "a mapping",
    boolean: "true or false",
  };
  return words[expected] ?? expected;
}

function unknownKey(schema: z.ZodType, input: unknown, path: readonly PropertyKey[], key: string): Fault {
  const known = knownKeys(schema, path);
  const close = nearest(key, known);
  const value = showValue(valueAt(input, [...path, key]));
  return {
    path: [...path, key],
    message: `is not a field that casement knows, got ${value}; allowed here: ${known.join(", ")}`,
    ...(close === undefined ? {} : { hint: `Did you mean ${close}?` }),
  };
}

function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at = unwrap(schema);
  for (const key of path) {
    const next = innerSchema(at, key);
    if (next === undefined) return [];
    at = unwrap(next);
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape).filter((key) => !key.startsWith("$")) : [];
}

function innerSchema(schema: z.ZodType, key: PropertyKey): z.ZodType | undefined {
  const inner: unknown =
    schema instanceof z.ZodObject
      ? schema.shape[String(key)]
      : schema instanceof z.ZodArray
        ? schema.element
        : undefined;
  return inner instanceof z.ZodType ? inner : undefined;
}

function unwrap(schema: z.ZodType): z.ZodType {
  const inner: unknown =
    schema instanceof z.ZodOptional || schema instanceof z.ZodPrefault || schema instanceof z.ZodDefault
      ? schema.unwrap()
      : undefined;
  return inner instanceof z.ZodType ? unwrap(inner) : schema;
}
