import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { openConsole } from "../../src/runtime/console.ts";

/** Streams as far as a console uses those of a process. */
function streams(isTTY: boolean) {
  const raw: boolean[] = [];
  const input = Object.assign(new PassThrough(), { isTTY, setRawMode: (mode: boolean) => raw.push(mode) });
  const output = Object.assign(new PassThrough(), { isTTY, columns: 80, rows: 24 });
  return { raw, input, output, console: openConsole(input, output, "xterm") };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("a terminal sends keys as they are while somebody listens, and its sizes", async () => {
  const { raw, input, output, console } = streams(true);
  assert.deepEqual(console.terminal, { type: "xterm", columns: 80, rows: 24 });
  const got: string[] = [];
  const attached = console.attach({
    data: (bytes) => got.push(bytes.toString()),
    end: () => got.push("end"),
    window: (columns, rows) => got.push(`${columns}x${rows}`),
  });
  assert.deepEqual(raw, [true]);
  input.write("\x03");
  await settled();
  output.columns = 100;
  output.emit("resize");
  attached[Symbol.dispose]();
  assert.deepEqual(raw, [true, false]);
  input.write("late");
  await settled();
  assert.deepEqual(got, ["\x03", "100x24"]);
});

for (const [title, isTTY, chunks, leaves] of [
  ["Enter ~ . leaves a terminal", true, ["ls\r", "~", "."], true],
  ["as the first keys of all, too", true, ["~."], true],
  ["in the middle of a line it is text", true, ["cd ~."], false],
  ["and from a pipe it is text in any case", false, ["\n~.\n"], false],
] as const) {
  test(title, async () => {
    const { input, console } = streams(isTTY);
    const got: string[] = [];
    const attached = console.attach({
      data: (bytes) => got.push(bytes.toString()),
      end: () => undefined,
      window: () => undefined,
    });
    for (const chunk of chunks) {
      input.write(chunk);
      await settled();
    }
    const left = await Promise.race([console.left.then(() => true), settled().then(() => false)]);
    assert.equal(left, leaves);
    attached[Symbol.dispose]();
    if (!leaves) assert.equal(got.join(""), chunks.join(""));
  });
}

test("pipes are no terminal, and their end is told", async () => {
  const { input, console } = streams(false);
  assert.equal(console.terminal, null);
  const got: string[] = [];
  console.attach({
    data: (bytes) => got.push(bytes.toString()),
    end: () => got.push("end"),
    window: () => undefined,
  });
  input.end("exit\n");
  await settled();
  await settled();
  assert.deepEqual(got, ["exit\n", "end"]);
});
