import assert from "node:assert/strict";
import { test } from "node:test";
import { fieldOf, withoutValue, withValue } from "../../src/explain/document.ts";

const document = { a: { b: 1, c: [10, { d: 2 }] } };

test("a value is put in, with the mappings on its way, and the document itself stays", () => {
  const before = structuredClone(document);
  assert.deepEqual(withValue(document, ["a", "c", 1, "d"], 3), { a: { b: 1, c: [10, { d: 3 }] } });
  assert.deepEqual(withValue(document, ["x", "y"], 3), { ...document, x: { y: 3 } });
  assert.deepEqual(document, before);
});

test("a value is taken out, and what is not there stays away", () => {
  assert.deepEqual(withoutValue(document, ["a", "b"]), { a: { c: [10, { d: 2 }] } });
  assert.deepEqual(withoutValue(document, ["a", "c", 0]), { a: { b: 1, c: [{ d: 2 }] } });
  assert.deepEqual(withoutValue(document, ["a", "c", 1, "d"]), { a: { b: 1, c: [10, {}] } });
  assert.deepEqual(withoutValue(document, ["x", "y"]), document);
});

test("a field is named as the schema has it, whichever item of a list it is in", () => {
  assert.equal(fieldOf(["windows", "accounts", 3, "groups", 0]), "windows.accounts[].groups[]");
});
