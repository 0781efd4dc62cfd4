import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import Handlebars from "handlebars";
import { checkTemplate } from "../../src/text/template-check.ts";
import { renderSource } from "../../src/text/template.ts";

test("each helper escapes for its language", () => {
  const source = '{{nix x}} {{xml x}} {{cmd x}} {{sh x}} {{powershell x}} "{{cmdInside x}}"';
  assert.equal(
    renderSource("t", source, { x: "a'%&" }),
    `"a'%&" a&apos;%&amp; "a'%%&" 'a'\\''%&' 'a''%&' "a'%%&"`,
  );
});

test("blocks loop over arrays and choose by booleans", () => {
  const source =
    "{{#each items}}<{{sh name}}{{#if last}}!{{else}},{{/if}}>{{/each}}{{#unless none}}x{{/unless}}";
  const args = {
    items: [
      { name: "a", last: false },
      { name: "b", last: true },
    ],
    none: false,
  };
  assert.equal(renderSource("t", source, args), "<'a',><'b'!>x");
});

test("each over plain values gives them as this", () => {
  assert.equal(renderSource("t", "{{#each items}}{{sh this}} {{/each}}", { items: ["a", "b"] }), "'a' 'b' ");
});

const refused: readonly { title: string; source: string; message: RegExp }[] = [
  { title: "a bare mustache", source: "\n{{x}}", message: /template t: line 2: {{x}} names no escaper/ },
  { title: "a triple mustache", source: "{{{x}}}", message: /{{{x}}} is not escaped/ },
  { title: "an ampersand mustache", source: "{{&x}}", message: /is not escaped/ },
  { title: "an unknown helper", source: "{{shout x}}", message: /names no escaper/ },
  {
    title: "an unknown block",
    source: "{{#with x}}{{/with}}",
    message: /{{#with}} is not one of each, if, unless/,
  },
  {
    title: "a bare mustache inside a block",
    source: "{{#if x}}{{y}}{{/if}}",
    message: /{{y}} names no escaper/,
  },
  {
    title: "a bare mustache after else",
    source: "{{#if x}}{{else}}{{y}}{{/if}}",
    message: /{{y}} names no escaper/,
  },
  { title: "a partial", source: "{{> x}}", message: /partials are not used/ },
  { title: "a missing value", source: "{{sh z}}", message: /a value for {{sh …}} is missing/ },
  { title: "a missing condition", source: "{{#if z}}{{/if}}", message: /a condition has to be a boolean/ },
  { title: "a missing list", source: "{{#each z}}{{/each}}", message: /each takes an array/ },
  { title: "an object as text", source: "{{sh o}}", message: /templates take text and numbers/ },
];

for (const row of refused) {
  test(`${row.title} is refused`, () => {
    assert.throws(() => renderSource("t", row.source, { x: true, y: "1", o: {} }), row.message);
  });
}

test("every template of the package names an escaper for every value", () => {
  const folder = new URL("../../templates/", import.meta.url);
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".hbs"),
  );
  assert.ok(names.length > 0);
  for (const name of names) {
    const program = Handlebars.parse(readFileSync(new URL(name, folder), "utf8"));
    const escapers = ["nix", "xml", "cmd", "cmdInside", "sh", "powershell"];
    assert.deepEqual(checkTemplate(program, escapers, ["each", "if", "unless"]), [], name);
  }
});
