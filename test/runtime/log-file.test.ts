import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { ToolError } from "../../src/errors.ts";
import { appendTo } from "../../src/runtime/log-file.ts";
import { createVitals } from "../../src/runtime/vitals.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

test("appends text and bytes at once", async () => {
  await using temp = await makeTempFolder();
  const vitals = createVitals();
  const append = appendTo(join(temp.path, "log"), vitals);
  append("a\n");
  append(Uint8Array.of(0xff));
  assert.deepEqual(await readFile(join(temp.path, "log")), Buffer.from([0x61, 0x0a, 0xff]));
  assert.equal(vitals.failure(), undefined);
});

test("a full disk fails the stage as one, and throws nothing", () => {
  const vitals = createVitals();
  appendTo("/dev/full", vitals)("x");
  const failure = vitals.failure();
  assert.ok(failure instanceof ToolError);
  assert.equal(failure.exitCode, 74);
  assert.match(failure.message, /^no space left on the host's file system: ENOSPC/);
});

test("a log that is no file fails the stage with the system's words", () => {
  const vitals = createVitals();
  appendTo("/dev", vitals)("x");
  assert.match(vitals.failure()?.message ?? "", /^EISDIR: .*'\/dev'/);
});
