import { z } from "zod";
import { specSchema } from "../spec/schema.ts";
import type { Path } from "./document.ts";

/** A place of a spec at which something else can stand: what is written there now, and what may be. */
export interface Target {
  readonly path: Path;
  readonly schema: z.ZodType;
  /** Undefined where the spec is silent. */
  readonly written: unknown;
  /** Places within what is written; where it does not matter as a whole, they do not either. */
  readonly inner: readonly Target[];
}

/**
 * The places of the document that can be changed alone: each field, written or not, and each mapping that may be left out,
 * with its members, and each list with its items, in it. Found in the schema, so that new fields join.
 */
export function findTargets(document: unknown): Target[] {
  // For editors; nothing reads it.
  return targetsAt(specSchema, document, []).filter(({ path }) => path[0] !== "$schema");
}

/** What the schema is about, without what it says of being optional or of a default. */
export function innermost(schema: z.ZodType): z.ZodType {
  const inner: unknown =
    schema instanceof z.ZodOptional || schema instanceof z.ZodPrefault || schema instanceof z.ZodDefault
      ? schema.unwrap()
      : undefined;
  return inner instanceof z.ZodType ? innermost(inner) : schema;
}

/** The fields of a mapping; undefined for what is none. */
export function membersOf(schema: z.ZodType): [name: string, member: z.ZodType][] | undefined {
  const inner = innermost(schema);
  if (!(inner instanceof z.ZodObject)) return undefined;
  return Object.entries(inner.shape).flatMap(([name, member]: [string, unknown]) =>
    member instanceof z.ZodType ? [[name, member] satisfies [string, z.ZodType]] : [],
  );
}

/** What the items of a list may be; undefined for what is none. */
export function itemOf(schema: z.ZodType): z.ZodType | undefined {
  const inner = innermost(schema);
  return inner instanceof z.ZodArray && inner.element instanceof z.ZodType ? inner.element : undefined;
}

/** The schema of what stands at a path; undefined for a path that no spec has. */
export function schemaAt(path: readonly (string | number)[]): z.ZodType | undefined {
  return path.reduce<z.ZodType | undefined>((schema, key) => {
    if (schema === undefined) return undefined;
    if (typeof key === "number") return itemOf(schema);
    return membersOf(schema)?.find(([name]) => name === key)?.[1];
  }, specSchema);
}

function targetsAt(schema: z.ZodType, written: unknown, path: Path): Target[] {
  const inner = targetsWithin(schema, written, path);
  const stands = schema instanceof z.ZodOptional || typeof path.at(-1) === "number";
  return membersOf(schema) === undefined || stands ? [{ path, schema, written, inner }] : inner;
}

function targetsWithin(schema: z.ZodType, written: unknown, path: Path): Target[] {
  const members = membersOf(schema);
  if (members !== undefined) {
    if (schema instanceof z.ZodOptional && written === undefined) return [];
    return members.flatMap(([name, member]) => targetsAt(member, valueOf(written, name), [...path, name]));
  }
  const item = itemOf(schema);
  if (item === undefined || !Array.isArray(written)) return [];
  return written.flatMap((value: unknown, index) => targetsAt(item, value, [...path, index]));
}

function valueOf(mapping: unknown, name: string): unknown {
  return typeof mapping === "object" && mapping !== null ? Reflect.get(mapping, name) : undefined;
}
