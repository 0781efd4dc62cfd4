import assert from "node:assert/strict";
import { test } from "node:test";
import { findKeyboard, knownLayouts } from "../../src/catalogue/keyboards.ts";
import { findLocale, knownLocales } from "../../src/catalogue/locales.ts";

test("layouts are sorted and named once, in eight hexadecimal digits", () => {
  assert.equal(knownLayouts.length, 215);
  assert.deepEqual(knownLayouts, [...new Set(knownLayouts)].sort());
  for (const layout of knownLayouts) {
    assert.match(layout, /^[0-9a-f]{8}$/);
    assert.match(findKeyboard(`0409:${layout}`)?.name ?? "", /^[\p{L}\d(]/u);
  }
});

test("a pair of language and layout, in either case, or a locale names a keyboard", () => {
  const german = { language: "0407", layout: "00000407", name: "German" };
  assert.deepEqual(findKeyboard("0407:00000407"), german);
  assert.deepEqual(findKeyboard("de-DE"), german);
  assert.deepEqual(findKeyboard("0409:0001040E"), {
    language: "0409",
    layout: "0001040e",
    name: "Hungarian 101-key",
  });
});

test("an unknown language or layout, or a locale with no keyboard of its own, names none", () => {
  for (const text of ["0407:00009999", "9999:00000407", "en-150", "sr-Latn-RS", "de-XX", "0407", ""])
    assert.equal(findKeyboard(text), undefined, text);
});

test("every keyboard that a locale calls its usual one is known", () => {
  for (const name of knownLocales) {
    const keyboard = findLocale(name)?.keyboard ?? null;
    if (keyboard !== null) assert.ok(knownLayouts.includes(keyboard), `${name}: ${keyboard}`);
  }
});
