import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "../../src/process/run.ts";
import { quoteSh } from "../../src/text/sh.ts";
import { hostileStrings } from "./hostile.ts";

test("a shell reads every hostile string back as one argument", async () => {
  const words = hostileStrings.filter((text) => !/\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|^\uDC00/.test(text));
  assert.ok(words.length > 40);
  const script = `printf '%s\\0' ${words.map(quoteSh).join(" ")}`;
  const { stdout } = await run({ file: "sh", args: ["-c", script] });
  assert.deepEqual(stdout.split("\0").slice(0, -1), words);
});

test("a NUL is refused", () => {
  assert.throws(() => quoteSh("\0"), /shell: U\+0000 at position 0/);
});
