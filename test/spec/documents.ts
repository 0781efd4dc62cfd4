import { type JsonSchema, specJsonSchema } from "../../src/spec/json-schema.ts";

/** Path of every field of the spec that is free text, list items as index 0; found in the schema, so that new fields join. */
export function textFields(): readonly (readonly (string | number)[])[] {
  return fieldsOf(specJsonSchema(), []).filter((path) => path[0] !== "$schema");
}

/** A copy of the document with a value at the path. Missing parts are made; `iso` gets its other field. */
export function withValue(document: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (typeof key === "number") return [withValue(undefined, rest, value)];
  const base = typeof document === "object" && document !== null ? document : {};
  const inner: unknown = Reflect.get(base, key) ?? (key === "iso" ? iso() : {});
  return { ...base, [key]: withValue(inner, rest, value) };
}

function iso(): object {
  return { name: "windows.iso", sha256: "0".repeat(64) };
}

function fieldsOf(schema: JsonSchema, path: readonly (string | number)[]): (readonly (string | number)[])[] {
  if (schema.type === "string") return schema.enum === undefined ? [path] : [];
  if (schema.type === "array") return itemsOf(schema).flatMap((items) => fieldsOf(items, [...path, 0]));
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) =>
    typeof field === "boolean" ? [] : fieldsOf(field, [...path, name]),
  );
}

function itemsOf(schema: JsonSchema): JsonSchema[] {
  const { items } = schema;
  return typeof items === "object" && !Array.isArray(items) ? [items] : [];
}
