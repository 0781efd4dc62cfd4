import assert from "node:assert/strict";
import { test } from "node:test";
import { specJsonSchema } from "../../src/spec/json-schema.ts";
import { renderSpecPage } from "../../src/spec/page.ts";
import { textFields } from "./documents.ts";

const page = renderSpecPage();

test("every text field has a row, those of list items too", () => {
  for (const path of textFields()) {
    const shown = path.reduce<string>(
      (before, key) => (typeof key === "number" ? `${before}[]` : before === "" ? key : `${before}.${key}`),
      "",
    );
    // A list of text is one field.
    assert.ok(page.includes(`| \`${shown.replace(/\[\]$/, "")}\` |`), shown);
  }
});

test("every field says what it is for", () => {
  const rows = page.split("\n").filter((line) => /^\| \[?`/.test(line));
  assert.ok(rows.length > 80, String(rows.length));
  for (const row of rows) assert.doesNotMatch(row, /\|\s*\|$/, row);
});

test("every link leads to a heading, as GitHub names them", () => {
  const headings = [...page.matchAll(/^## `(.*)`$/gm)].map(([, text = ""]) =>
    text.toLowerCase().replace(/[^\w-]/g, ""),
  );
  const links = [...page.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor]) => anchor);
  assert.deepEqual(new Set(links), new Set(headings));
  assert.equal(new Set(headings).size, headings.length);
});

test("true or false is no number", () => {
  assert.match(page, /^\| `windows\.behaviour\.uac` \| true or false \| `true` \|/m);
});

test("the schema takes what the page shows: required fields of list items and values of any kind", () => {
  const windows = specJsonSchema().properties?.["windows"];
  assert.ok(typeof windows === "object");
  const accounts = windows.properties?.["accounts"];
  assert.ok(typeof accounts === "object" && typeof accounts.items === "object");
  assert.deepEqual(Reflect.get(accounts.items, "required"), ["name", "password"]);
});
