import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import test from "node:test";
import { buildGuestCommand } from "../../src/runtime/qemu/command.ts";
import { withPlainMemory } from "../../tools/bench/plain-memory.ts";
import { parseRollup, parseSmaps } from "../../tools/bench/rollup.ts";
import { readRunSeconds } from "../../tools/bench/cases/run.ts";
import { renderDirtyAndFree, renderFill, renderRead } from "../../tools/bench/workload.ts";
import { hardware } from "../runtime/stage-fixture.ts";

const command = buildGuestCommand({
  qemu: "qemu",
  hardware,
  role: { kind: "freeze", ram: "/a,b/ram" },
  disk: "disk",
  uefi: null,
  qmp: "qmp",
  serial: "com1",
  switchSocket: "vde",
});

test("the baselines' guest has the same devices and ordinary memory under the same name", () => {
  const plain = withPlainMemory(command);
  const differing = plain.args.filter((word, index) => word !== command.args[index]);
  assert.deepEqual(differing, [`memory-backend-ram,id=ram0,size=${hardware.memoryMiB}M`]);
  assert.equal(plain.args.length, command.args.length);
});

test("the 2014 way is told where its memory comes from", () => {
  const { args } = withPlainMemory(command, "exec:gzip -c -d 'f'");
  assert.deepEqual(args.slice(-2), ["-incoming", "exec:gzip -c -d 'f'"]);
});

test("a command line without the memory file is refused", () => {
  assert.throws(() => withPlainMemory({ file: "qemu", args: ["-m", "512M"] }), /has 0 memory files/);
});

test("resident memory is read in megabytes", () => {
  const text =
    "55d0-7ffc ---p 00000000 00:00 0    [rollup]\nRss:  100000 kB\nPss:   50000 kB\nPss_Dirty: 1 kB\n";
  assert.deepEqual(parseRollup(text), { rssMB: 102.4, pssMB: 51.2 });
});

test("what a machine has for itself is summed up over its mappings, the emulation's code apart", () => {
  const mapping = (head: string, pss: number, anonymous: number): string =>
    `${head}\nSize: 9 kB\nPss: ${pss} kB\nPss_Dirty: 7 kB\nAnonymous: ${anonymous} kB\nVmFlags: rd\n`;
  const text = [
    mapping("55d0-55e0 r--p 00000000 08:01 1 /bin/qemu", 2000, 0),
    mapping("7f00-7f10 rwxp 00000000 00:00 0", 3000, 3000),
    mapping("7f20-7f30 rw-p 00000000 08:01 2 /ram", 5000, 2000),
  ].join("");
  assert.deepEqual(parseSmaps(text), { pssMB: 10.24, privateMB: 5.12, translatedMB: 3.072 });
});

test("a rollup without PSS is refused", () => {
  assert.throws(() => parseRollup("Rss: 1 kB\n"), /no field Pss/);
});

test("a run's own time is read from its log", () => {
  assert.equal(readRunSeconds("casement> [  7.5 s] run hello: done in 7.5 s\n"), 7.5);
  assert.throws(() => readRunSeconds("nothing"), /does not say how long/);
});

for (const [name, script] of [
  ["fills", renderFill(200, "token")],
  ["reads", renderRead()],
  ["dirties and frees", renderDirtyAndFree(1000)],
] as const) {
  test(`the script that ${name} the guest's memory is one that bash reads`, () => {
    const { status, stderr } = spawnSync("bash", ["-n"], { input: script, encoding: "utf8" });
    assert.equal(status, 0, stderr);
  });
}

test("half of what is written is random and half is text, in blocks of 4 MB", () => {
  const script = renderFill(1600, "token");
  assert.match(script, /head -c 4000000 \/dev\/urandom/);
  assert.match(script, /i < 200;/);
});
