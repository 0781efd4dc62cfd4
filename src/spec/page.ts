import { readDescription } from "./description.ts";
import { type JsonSchema, specJsonSchema } from "./json-schema.ts";

/** docs/spec.md: every field, as the schema has it; a section for each mapping and for the items of each list of mappings. */
export function renderSpecPage(): string {
  const schema = specJsonSchema();
  return `# The spec

Every field that a spec may have. This page is written from src/spec/schema.ts by \`node tools/docs.ts\`; do not edit it.

Only \`name\` and \`windows.release\` are required. Specs are YAML, JSON or TypeScript (\`export default defineSpec({ … })\`);
\`casement schema\` prints the JSON Schema for editors. A field concerns every release of Windows unless it says which.
Fields that do not fit one another, the release or the machine are refused with what would fit (\`casement generate --check\`).

${tableOf(schema, "")}
${sectionsOf(schema, "").join("\n")}`;
}

/** A heading, what it is for, and its fields; then the mappings in it. */
function sectionsOf(schema: JsonSchema, prefix: string): string[] {
  return fieldsOf(schema).flatMap(([name, field]) => {
    const inner = mappingIn(field);
    if (inner === undefined) return [];
    const path = pathOf(prefix, name, field);
    const { meaning, standard } = describe(field, schema.required?.includes(name) === true);
    const text = [meaning, standard === "" || standard === "required" ? "" : `Default: ${standard}.`];
    const lead = text.filter((part) => part !== "").join(" ");
    const section = `## \`${path}\`\n\n${lead}\n\n${tableOf(inner, path)}`;
    return [section, ...sectionsOf(inner, path)];
  });
}

function tableOf(schema: JsonSchema, prefix: string): string {
  const rows = fieldsOf(schema).map(([name, field]) => {
    const { meaning, standard } = describe(field, schema.required?.includes(name) === true);
    const path = pathOf(prefix, name, field);
    const shown = mappingIn(field) === undefined ? `\`${path}\`` : `[\`${path}\`](#${anchorOf(path)})`;
    return `| ${[shown, holds(field), standard, meaning].map(cell).join(" | ")} |\n`;
  });
  return `| field | holds | default | meaning |\n|---|---|---|---|\n${rows.join("")}`;
}

function fieldsOf(schema: JsonSchema): [string, JsonSchema][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) =>
    typeof field === "boolean" ? [] : [[name, field] satisfies [string, JsonSchema]],
  );
}

/** The mapping that a field is, or that its list's items are. */
function mappingIn(field: JsonSchema): JsonSchema | undefined {
  if (field.properties !== undefined) return field;
  const items = itemsOf(field);
  return items?.properties === undefined ? undefined : items;
}

function itemsOf({ items }: JsonSchema): JsonSchema | undefined {
  return typeof items === "object" && !Array.isArray(items) ? items : undefined;
}

function pathOf(prefix: string, name: string, field: JsonSchema): string {
  const path = prefix === "" ? name : `${prefix}.${name}`;
  return itemsOf(field)?.properties === undefined ? path : `${path}[]`;
}

// As GitHub makes them of headings: lower case, letters, digits and dashes only.
function anchorOf(path: string): string {
  return path.toLowerCase().replace(/[^a-z0-9-]/g, "");
}

function describe(field: JsonSchema, required: boolean): { meaning: string; standard: string } {
  const { meaning, standard } = readDescription(field.description);
  return { meaning, standard: standard ?? defaultOf(field, required) };
}

function holds(field: JsonSchema): string {
  if (field.enum !== undefined) {
    const values = field.enum.map((value) => `\`${String(value)}\``);
    return values.length <= 12
      ? values.join(", ")
      : `one of ${values.length}, such as ${values.slice(0, 3).join(", ")}`;
  }
  if (field.type === "array") {
    return itemsOf(field)?.properties === undefined ? "list of text" : "list of mappings";
  }
  if (field.type === "integer" || field.type === "number") return numbers(field);
  if (field.type === "object") return "mapping";
  if (field.type === "string") return "text";
  return field.type === "boolean" ? "true or false" : "any of these";
}

function numbers(field: JsonSchema): string {
  const words = field.type === "integer" ? "whole number" : "number";
  const least = field.exclusiveMinimum === undefined ? field.minimum : `more than ${field.exclusiveMinimum}`;
  const limits = [least, field.maximum].filter(
    (limit) => limit !== undefined && limit !== Number.MAX_SAFE_INTEGER,
  );
  return limits.length === 2 ? `${words}, ${limits.join(" to ")}` : words;
}

function defaultOf(field: JsonSchema, required: boolean): string {
  if (required) return "required";
  if (field.type === "object" || field.default === undefined) return "";
  if (field.default === "") return "empty";
  return Array.isArray(field.default) && field.default.length === 0
    ? "none"
    : `\`${JSON.stringify(field.default)}\``;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
