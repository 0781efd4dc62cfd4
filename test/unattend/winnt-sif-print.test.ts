import assert from "node:assert/strict";
import { test } from "node:test";
import { UnrepresentableError } from "../../src/text/unrepresentable.ts";
import { printSif, quoted } from "../../src/unattend/winnt-sif-print.ts";

test("sections stand apart, words as they are, text in quotes, lists with commas", () => {
  const text = printSif([
    { name: "A", entries: { Word: "Yes", Number: 0, Text: quoted("a, b; c"), List: ["x.y", "z"] } },
    { name: "B", entries: {} },
  ]);
  assert.equal(text, '[A]\r\nWord=Yes\r\nNumber=0\r\nText="a, b; c"\r\nList=x.y,z\r\n\r\n[B]\r\n');
});

for (const value of ["a b", "a;b", "a,b", "a=b", "ä"]) {
  test(`a word that needs quotes is refused: ${value}`, () => {
    assert.throws(() => printSif([{ name: "A", entries: { Key: value } }]), UnrepresentableError);
  });
}

for (const text of ['say "a"', "100%", "a\r\nb", "Größe"]) {
  test(`text that the format cannot hold is refused: ${JSON.stringify(text)}`, () => {
    assert.throws(() => printSif([{ name: "A", entries: { Key: quoted(text) } }]), UnrepresentableError);
  });
}
