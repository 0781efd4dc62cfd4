import assert from "node:assert/strict";
import { test } from "node:test";
import { winntKeyboard, winntLocale, winntLocaleNames } from "../../src/unattend/winnt-sif-locales.ts";

test("each locale has a number of its own", () => {
  const numbers = winntLocaleNames().map((name) => winntLocale(name));
  assert.equal(new Set(numbers).size, numbers.length);
  for (const number of numbers) assert.match(number ?? "", /^[0-9A-F]{4}$/);
});

for (const [keyboard, want] of [
  ["en-US", "0409:00000409"],
  ["es-ES", "0C0A:0000040A"],
  ["de-AT", "0C07:00000407"],
  ["0407:00000409", "0407:00000409"],
  ["0c0a:0000040a", "0C0A:0000040A"],
  ["0411:00000411", undefined],
  ["ja-JP", undefined],
  ["0407", undefined],
] as const) {
  test(`the keyboard ${keyboard} is ${want ?? "unknown"}`, () => {
    assert.equal(winntKeyboard(keyboard), want);
  });
}
