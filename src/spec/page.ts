import { type JsonSchema, specJsonSchema } from "./json-schema.ts";

/** docs/spec.md: every field, as the schema has it. */
export function renderSpecPage(): string {
  const rows = fieldRows(specJsonSchema(), "");
  return `# The spec

Every field that a spec may have. This page is written from src/spec/schema.ts by \`node tools/docs.ts\`; do not edit it.

Only \`name\` and \`windows.release\` are required. Specs are YAML, JSON or TypeScript (\`export default defineSpec({ … })\`).
Cygwin's packages are named here and not yet locked: there is no \`cygwin.lock.json\` in this version (docs/decisions.md).

| field | holds | default | meaning |
|---|---|---|---|
${rows.join("\n")}
`;
}

function fieldRows(schema: JsonSchema, prefix: string): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    if (typeof field === "boolean") return [];
    const path = prefix === "" ? name : `${prefix}.${name}`;
    const required = schema.required?.includes(name) === true;
    // A default that depends on other fields stands at the end of the description.
    const [meaning = "", described] = (field.description ?? "").split(/ Default: (?=[^:]*$)/);
    const standard = described?.replace(/\.$/, "") ?? defaultOf(field, required);
    const cells = [`\`${path}\``, holds(field), standard, meaning];
    return [`| ${cells.map(cell).join(" | ")} |`, ...fieldRows(field, path)];
  });
}

function holds(field: JsonSchema): string {
  if (field.enum !== undefined) {
    const values = field.enum.map((value) => `\`${String(value)}\``);
    return values.length <= 12
      ? values.join(", ")
      : `one of ${values.length}, such as ${values.slice(0, 3).join(", ")}`;
  }
  if (field.type === "array") return "list of text";
  if (field.type === "object") return "mapping";
  if (field.type === "string") return "text";
  const numbers = field.type === "integer" ? "whole number" : "number";
  const least = field.exclusiveMinimum === undefined ? field.minimum : `more than ${field.exclusiveMinimum}`;
  const limits = [least, field.maximum].filter(
    (limit) => limit !== undefined && limit !== Number.MAX_SAFE_INTEGER,
  );
  return limits.length === 2 ? `${numbers}, ${limits.join(" to ")}` : numbers;
}

function defaultOf(field: JsonSchema, required: boolean): string {
  if (required) return "required";
  if (field.type === "object" || field.default === undefined) return "";
  return Array.isArray(field.default) && field.default.length === 0
    ? "none"
    : `\`${JSON.stringify(field.default)}\``;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
