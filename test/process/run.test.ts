import assert from "node:assert/strict";
import { test } from "node:test";
import { formatCommand } from "../../src/process/command.ts";
import { run } from "../../src/process/run.ts";

test("returns what a program wrote", async () => {
  assert.deepEqual(await run({ file: "sh", args: ["-c", "cat; echo b >&2"] }, { input: "a" }), {
    stdout: "a",
    stderr: "b",
  });
});

test("a failure shows a command line that can be pasted, how it ended, and the last lines of stderr", async () => {
  await assert.rejects(run({ file: "sh", args: ["-c", "echo broken >&2; exit 7"] }), {
    message: "sh -c 'echo broken >&2; exit 7' exited with 7\n  | broken",
  });
});

test("a program over its time and a missing program are told apart", async () => {
  await assert.rejects(run({ file: "sleep", args: ["5"] }, { timeoutMs: 50 }), {
    message: "sleep 5 did not end within 50 ms",
  });
  await assert.rejects(run({ file: "/nowhere/tool", args: [] }), {
    message: "program /nowhere/tool was not found",
  });
});

test("quotes what a shell would read otherwise", () => {
  assert.equal(
    formatCommand({ file: "a", args: ["b c", "it's", "$x", "ok-1.2,x=/y"] }),
    `a 'b c' 'it'\\''s' '$x' ok-1.2,x=/y`,
  );
});
