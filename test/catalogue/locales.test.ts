import assert from "node:assert/strict";
import { test } from "node:test";
import { languages } from "../../src/catalogue/languages.ts";
import { findLocale, knownLocales } from "../../src/catalogue/locales.ts";

test("locales are sorted and named once, each a language with a country or region", () => {
  assert.equal(knownLocales.length, 563);
  assert.deepEqual(knownLocales, [...new Set(knownLocales)].sort());
  for (const name of knownLocales) assert.match(name, /^[a-z]{2,3}(-[A-Z][a-z]{3})?-([A-Z]{2}|\d{3})$/);
});

test("a locale has its language identifier and its keyboard, or says that it has none", () => {
  for (const name of knownLocales) {
    const locale = findLocale(name);
    assert.equal(locale?.name, name);
    assert.match(locale.language ?? "0000", /^[0-9a-f]{4}$/);
    assert.match(locale.keyboard ?? "00000000", /^[0-9a-f]{8}$/);
  }
  assert.deepEqual(findLocale("de-DE"), { name: "de-DE", language: "0407", keyboard: "00000407" });
  assert.deepEqual(findLocale("en-150"), { name: "en-150", language: null, keyboard: "00000409" });
  assert.equal(findLocale("sr-Latn-RS")?.keyboard, null);
});

test("every language of a medium is a locale with a language identifier", () => {
  for (const language of languages) assert.ok(typeof findLocale(language)?.language === "string", language);
});

test("a name that Windows does not have finds nothing", () => {
  for (const name of ["de-XX", "de", "DE-de", "", "__proto__", "constructor"])
    assert.equal(findLocale(name), undefined);
});
