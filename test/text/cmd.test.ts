import assert from "node:assert/strict";
import { test } from "node:test";
import { escapeCmd, quoteCmd } from "../../src/text/cmd.ts";

test("a word is quoted and per cent signs are doubled", () => {
  assert.equal(quoteCmd("50% & <a> | (b) ^c"), '"50%% & <a> | (b) ^c"');
  assert.equal(escapeCmd("%PATH%"), "%%PATH%%");
});

test("what no quoting carries is refused with its position", () => {
  for (const text of ['a"b', "a!b", "a\nb", "a\0b", "aéb", "a\tb"]) {
    assert.throws(() => quoteCmd(text), /batch file: U\+[0-9A-F]{4}.* at position 1/);
  }
  assert.throws(() => quoteCmd("C:\\"), /a backslash at the end/);
});
