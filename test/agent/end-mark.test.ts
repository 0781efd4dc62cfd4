import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { createEndMark } from "../../src/agent/end-mark.ts";

const mark = "casement-session 0123 ended";

function collect() {
  const taken = { stdout: "", stderr: "" };
  const end = createEndMark(mark, async (stream, data) => {
    taken[stream] += data.toString("latin1");
  });
  return { taken, end };
}

test("what comes before the mark is handed on, whole and in order, wherever a stream is cut", async () => {
  const text = fc.string({ unit: fc.constantFrom("c", "ca", "casement-session ", "\n", "x") });
  await fc.assert(
    fc.asyncProperty(text, text, fc.integer({ min: 1, max: 9 }), async (stdout, stderr, size) => {
      const { taken, end } = collect();
      for (const [stream, said] of Object.entries({ stdout, stderr })) {
        const bytes = Buffer.from(`${said}${mark} 143\nof nobody`);
        for (let at = 0; at < bytes.length; at += size)
          await end.sink(stream === "stdout" ? "stdout" : "stderr", bytes.subarray(at, at + size));
      }
      assert.equal(await end.seen, 143);
      await end.flush();
      assert.deepEqual(taken, { stdout, stderr });
    }),
  );
});

test("a mark on one stream alone is not the end", async () => {
  const { end } = collect();
  await end.sink("stdout", Buffer.from(`${mark} 0\n`));
  const first = await Promise.race([end.seen.then(() => "seen"), Promise.resolve("not yet")]);
  assert.equal(first, "not yet");
});

test("what was held back is handed on where a session ends without the mark", async () => {
  const { taken, end } = collect();
  await end.sink("stdout", Buffer.from(`output ${mark.slice(0, 10)}`));
  assert.equal(taken.stdout, "output ");
  await end.flush();
  assert.equal(taken.stdout, `output ${mark.slice(0, 10)}`);
});
