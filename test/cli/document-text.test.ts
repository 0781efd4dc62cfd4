import assert from "node:assert/strict";
import { test } from "node:test";
import { documentText } from "../../src/cli/document-text.ts";

test("documents have the same text when they are the same", () => {
  const make = (): unknown => ({ name: "a", list: [1, true, null, undefined, { deep: "x" }], no: undefined });
  assert.equal(documentText(make()), documentText(make()));
});

test("no two of these documents have the same text", () => {
  const documents = [
    {},
    { a: undefined },
    { a: "undefined" },
    { a: ":undefined" },
    { a: null },
    { a: "null" },
    { a: 1 },
    { a: "1" },
    { a: [] },
    { a: [undefined] },
    { a: {} },
    { b: 1 },
    [{ a: 1 }],
    "a",
    undefined,
  ];
  assert.equal(new Set(documents.map(documentText)).size, documents.length);
});

class Changing {
  get name(): string {
    return crypto.randomUUID();
  }
}

for (const [what, value] of [
  ["a function", () => 1],
  ["an object of a class", new Changing()],
  ["a symbol", Symbol("a")],
  ["a big integer", 1n],
  ["a number that is none", Number.NaN],
  ["a date", new Date(0)],
  ["a map", new Map()],
  ["a hidden property", Object.defineProperty({}, "name", { value: 1, enumerable: false })],
] as const) {
  test(`${what} is more than data`, () => {
    assert.equal(documentText({ a: [value] }), undefined);
  });
}
