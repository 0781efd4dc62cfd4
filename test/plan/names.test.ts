import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { computerName, macAddress } from "../../src/plan/names.ts";

test("a MAC address depends on name and role only", () => {
  assert.equal(macAddress("hello", "windows"), macAddress("hello", "windows"));
  assert.notEqual(macAddress("hello", "windows"), macAddress("hallo", "windows"));
});

test("the two ends of a switch never have the same address", () => {
  fc.assert(
    fc.property(fc.string(), (name) => {
      const pair = [macAddress(name, "windows"), macAddress(name, "controller")];
      for (const mac of pair) assert.match(mac, /^52:54:00(:[0-9a-f]{2}){3}$/);
      assert.notEqual(pair[0], pair[1]);
    }),
  );
});

test("a computer's name is what Windows takes, and never the user's", () => {
  const rows = [
    ["hello", ["casement"], "HELLO"],
    ["casement", ["Casement"], "CASEMENT-PC"],
    ["casement", ["Casement", "casement-pc"], "CASEMENT-PC2"],
    ["a-very-long-name-of-a-machine", ["casement"], "A-VERY-LONG-NAM"],
    ["abcdefghijklmn-o", ["casement"], "ABCDEFGHIJKLMN"],
    ["abcdefghijk-mno", ["abcdefghijk-mno"], "ABCDEFGHIJK-PC"],
    ["abcdefghijk-mno", ["abcdefghijk-mno", "abcdefghijk-PC"], "ABCDEFGHIJK-PC2"],
  ] as const;
  for (const [name, users, expected] of rows) assert.equal(computerName(name, users), expected);
});
