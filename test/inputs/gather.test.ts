import assert from "node:assert/strict";
import { test } from "node:test";
import { gatherInputs } from "../../src/inputs/gather.ts";
import { checkSpec } from "../../src/spec/check.ts";
import type { Spec } from "../../src/spec/schema.ts";

test("a password that generate made before is kept", () => {
  assert.equal(gatherInputs(specWith({}), { password: "Kept-1" }).password, "Kept-1");
});

test("the spec's password wins", () => {
  assert.equal(gatherInputs(specWith({ password: "Given-1" }), { password: "Kept-1" }).password, "Given-1");
});

test("a fresh password is one that a spec may have, with a letter of each case and a digit, and never the same", () => {
  const passwords = Array.from({ length: 50 }, () => gatherInputs(specWith({}), undefined).password);
  assert.equal(new Set(passwords).size, 50);
  for (const password of passwords) {
    assert.match(password, /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z0-9]{14}$/);
    assert.equal(specWith({ password }).account.password, password);
  }
});

function specWith(account: object): Spec {
  const checked = checkSpec({ name: "a", windows: { release: "windows-10-22h2" }, account });
  assert.ok("spec" in checked);
  return checked.spec;
}
