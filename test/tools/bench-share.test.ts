import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { spawn } from "../../src/process/spawn.ts";
import { createVitals } from "../../src/runtime/vitals.ts";
import { openWorkspace } from "../../src/runtime/workspace.ts";
import { parseCpuSeconds } from "../../tools/bench/share/cpu-time.ts";
import { material, smallSizes, sumPart, sumRepeated, sumScript } from "../../tools/bench/share/material.ts";
import { order } from "../../tools/bench/share/orders.ts";
import {
  describeTransfer,
  guestScript,
  inController,
  ninepPart,
  ninepScript,
  type Places,
  readTook,
  sshScript,
  transfers,
} from "../../tools/bench/share/transfers.ts";
import { skipWithout } from "../support/external-tools.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const places: Places = {
  drives: {
    "S:": { guest: "/nix/store/abc", controller: "/nix/store/abc" },
    "X:": { guest: "/tmp/xchg/given", controller: "/run/xchg/given" },
  },
  guestMemory: "/dev/shm/bench",
  controllerMemory: "/tmp/bench/memory",
};

test("S: is read, X: is read and written, each with one large file and with many small ones", () => {
  assert.deepEqual(transfers.map(describeTransfer), [
    "reads 400 MB from S:",
    "reads 400 MB from X:",
    "writes 400 MB to X:",
    "reads 2000 small files from S:",
    "reads 2000 small files from X:",
    "writes 2000 small files to X:",
  ]);
});

for (const transfer of transfers) {
  for (const [way, shell, script] of [
    ["through the share", "bash", guestScript(transfer, places)],
    ["through SSH", "bash", inController("/bin", sshScript(transfer, places))],
    ["over 9p", "bash", inController("/bin", ninepScript(transfer, places))],
  ] as const) {
    test(`the script that ${describeTransfer(transfer)} ${way} is one that ${shell} reads`, () => {
      const { status, stderr } = spawnSync(shell, ["-n"], { input: script, encoding: "utf8" });
      assert.equal(status, 0, stderr);
      assert.match(script, /took /);
    });
  }
}

test("the controller runs each script that it is given, and says what came of it", {
  skip: skipWithout(["busybox"]),
  timeout: 20_000,
}, async () => {
  await using top = await makeTempFolder();
  await using workspace = await openWorkspace(top.path);
  const obey = await readFile(new URL("../../tools/bench/share/obey.sh", import.meta.url), "utf8");
  const script = `busybox=busybox\n${obey.replace("/run/xchg", workspace.path("xchg"))}wait\n`;
  await using controller = await spawn({ file: "busybox", args: ["sh", "-c", script] });
  controller.stdin.end();
  const lab = { workspace, vitals: createVitals() };
  assert.equal(await order(lab, "cat; echo one; echo no >&2"), "one\n");
  await assert.rejects(order(lab, "echo two; echo why >&2; exit 3"), /ended with 3: why$/);
});

test("the small files are of every size up to 64 KiB, in each folder", () => {
  const sizes = smallSizes();
  assert.equal(sizes.length, material.folders * material.filesOfFolder);
  assert.ok(Math.min(...sizes) >= 256 && Math.max(...sizes) <= 65_536);
  for (let folder = 0; folder < material.folders; folder += 1) {
    const inIt = sizes.filter((_, index) => index % material.folders === folder);
    assert.ok(Math.min(...inIt) < 1000 && Math.max(...inIt) > 30_000, `folder ${folder}`);
  }
});

test("guest and host come to the same sum of the same files, and to another one of others", async () => {
  await using folder = await makeTempFolder();
  const small = join(folder.path, material.small);
  await mkdir(join(small, "b"), { recursive: true });
  await writeFile(join(small, "a"), "one");
  await writeFile(join(small, "b/c"), "two");
  await writeFile(join(folder.path, material.large), "three");
  const sums: string[] = [];
  for (const part of ["small", "large"] as const) {
    const { stdout } = spawnSync("sh", ["-c", sumScript(part)], { cwd: folder.path, encoding: "utf8" });
    const sum = await sumPart(folder.path, part);
    assert.equal(stdout.trim(), sum);
    sums.push(sum);
  }
  await writeFile(join(small, "b/c"), "2");
  assert.notEqual(await sumPart(folder.path, "small"), sums[0]);
});

test("the sum of a part again and again is that of the file which it makes", async () => {
  await using folder = await makeTempFolder();
  const file = join(folder.path, material.large);
  await writeFile(file, "abcdef");
  const sum = await sumRepeated(file, { bytes: 4, times: 3 });
  await writeFile(file, "abcdabcdabcd");
  assert.equal(await sumPart(folder.path, "large"), sum);
  await assert.rejects(sumRepeated(file, { bytes: 100, times: 1 }), /has 12 bytes, expected 100 at least/);
});

test("the parts that 9p writes are the large file's length", () => {
  assert.equal(ninepPart.bytes * ninepPart.times, material.largeBytes);
});

test("a script's own time is read, and a script without one is an error", () => {
  assert.equal(readTook("noise\ntook 1234.5\n"), 1234.5);
  assert.throws(() => readTook("took nothing"), /does not say how long/);
});

test("a process's CPU time is read beside a name with blanks and parentheses", () => {
  const stat = `7 (a) b (c) S ${Array.from({ length: 10 }, (_, index) => index).join(" ")} 150 50 0 0 20`;
  assert.equal(parseCpuSeconds(stat), 2);
  assert.throws(() => parseCpuSeconds("7 (a) S"), /not understood/);
});
