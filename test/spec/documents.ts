import { type JsonSchema, specJsonSchema } from "../../src/spec/json-schema.ts";

type Path = readonly (string | number)[];

/** Path of every field of the spec that is free text, list items as index 0; found in the schema, so that new fields join. */
export function textFields(): readonly Path[] {
  const schema = specJsonSchema();
  return fieldsOf(schema, [], schema.$defs ?? {}).filter((path) => path[0] !== "$schema");
}

/** A copy of the document with a value at the path. Missing parts are made, with the other fields that they require. */
export function withValue(document: unknown, path: Path, value: unknown, from: Path = []): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const here = [...from, key];
  if (typeof key === "number") return [withValue(companionsOf(here, rest[0]), rest, value, here)];
  const base = typeof document === "object" && document !== null ? document : {};
  const inner: unknown = Reflect.get(base, key) ?? companionsOf(here, rest[0]);
  return { ...base, [key]: withValue(inner, rest, value, here) };
}

/** What has to stand beside the field `beside`, so that the mapping at the path is a valid one. */
function companionsOf(path: Path, beside: string | number | undefined): object {
  const place = path.join(".");
  // Exactly one of the two says what a file holds.
  if (place === "windows.files.0") {
    return beside === "source" ? { path: "a.txt" } : { path: "a.txt", text: "content" };
  }
  return companions[place] ?? {};
}

const companions: Readonly<Record<string, object>> = {
  "windows.iso": { name: "windows.iso", sha256: "0".repeat(64) },
  "windows.accounts.0": { name: "second", password: "Second-1" },
  "windows.disk.partitions.0": { type: "Primary", active: true, windows: true },
  "windows.extraSettings.0": {
    component: "Microsoft-Windows-Shell-Setup",
    pass: "specialize",
    path: "OEMInformation/Model",
    value: "A model",
  },
};

function fieldsOf(schema: JsonSchema, path: Path, definitions: Readonly<Record<string, JsonSchema>>): Path[] {
  // A value of any kind: its text stands for all of it.
  const target = schema.$ref === undefined ? undefined : definitions[schema.$ref.replace("#/$defs/", "")];
  if (target !== undefined) {
    const takesText = target.anyOf?.some((kind) => typeof kind === "object" && kind.type === "string");
    return takesText === true ? [path] : [];
  }
  if (schema.type === "string") return schema.enum === undefined ? [path] : [];
  if (schema.type === "array") {
    return itemsOf(schema).flatMap((items) => fieldsOf(items, [...path, 0], definitions));
  }
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) =>
    typeof field === "boolean" ? [] : fieldsOf(field, [...path, name], definitions),
  );
}

function itemsOf(schema: JsonSchema): JsonSchema[] {
  const { items } = schema;
  return typeof items === "object" && !Array.isArray(items) ? [items] : [];
}
