import assert from "node:assert/strict";
import { test } from "node:test";
import { quotePowerShell } from "../../src/text/powershell.ts";

test("single quotes of all five kinds are doubled, everything else is verbatim", () => {
  assert.equal(quotePowerShell('it\'s $x `n "q" ’'), "'it''s $x `n \"q\" ’’'");
});

test("a NUL is refused", () => {
  assert.throws(() => quotePowerShell("\0"), /PowerShell: U\+0000/);
});
