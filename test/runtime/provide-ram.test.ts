import assert from "node:assert/strict";
import { readdir, readFile, rename, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { snapshot } from "../../src/contract/filenames.ts";
import { ToolError } from "../../src/errors.ts";
import { describeLostHoles } from "../../src/runtime/provide-ram.ts";
import { loadSnapshotRecord, writeSnapshotRecord } from "../../src/runtime/records.ts";
import { runCommand } from "../../src/runtime/stages/run.ts";
import { rejectsWithEvidence } from "./rejects-with-evidence.ts";
import { makeStageFixture, type StageFixture } from "./stage-fixture.ts";

const mebibyte = 2 ** 20;

/** Makes the fixture's snapshot a packed one; its qemu-img only copies. */
async function packParents({ folder }: StageFixture, packedBytes = 64 * mebibyte): Promise<void> {
  const packed = join(folder, "ram", snapshot.packedRam);
  await rename(join(folder, "ram", snapshot.ram), packed);
  await truncate(packed, packedBytes);
  const record = await loadSnapshotRecord(join(folder, "snapshot"));
  await writeSnapshotRecord(join(folder, "snapshot"), {
    ...record,
    ram: { ...record.ram, layout: "packed", fileBytes: packedBytes, bytesOnDisk: mebibyte },
  });
}

test("a run of a packed snapshot maps what it has unpacked, and leaves nothing of it", async () => {
  await using stage = await makeStageFixture();
  await packParents(stage);
  assert.equal(await runCommand(stage.runConfig, stage.context), 0);
  assert.match(stage.logLines.join("\n"), /guest: memory unpacked in [\d.]+ s, \d+ MiB on disk/);
  const calls = await readFile(join(stage.folder, "calls"), "utf8");
  assert.match(calls, /share=off,readonly=on,rom=off,mem-path=[^"]*\/top\/casement-\w+\/ram"/);
  assert.deepEqual(await readdir(stage.context.top), []);
});

test("a packed memory of which less comes out than went in is refused, and no guest is started", async () => {
  await using stage = await makeStageFixture();
  await packParents(stage, mebibyte);
  await rejectsWithEvidence(runCommand(stage.runConfig, stage.context), {
    error:
      /ram\.qcow2 is damaged, got 1048576 bytes of memory out of it; the snapshot was made with 67108864$/,
    exitCode: 73,
  });
  // The controller may have been started beside it.
  const calls = await readFile(join(stage.folder, "calls"), "utf8").catch(() => "");
  const guests = calls.split("\n").filter((line) => line !== "" && !line.includes("virtserialport"));
  assert.deepEqual(guests, []);
});

test("a packed memory that was cut short is refused before anything starts", async () => {
  await using stage = await makeStageFixture();
  await packParents(stage);
  await truncate(join(stage.folder, "ram", snapshot.packedRam), 1000);
  await assert.rejects(runCommand(stage.runConfig, stage.context), (error) => {
    assert.ok(error instanceof ToolError);
    assert.match(error.message, /ram\.qcow2 is damaged, got 1000 bytes/);
    return true;
  });
  assert.deepEqual(await stage.pids(), []);
});

test("a memory that does not fit when it is unpacked is refused with how much is needed", async () => {
  await using stage = await makeStageFixture({}, { freeBytes: async () => 300 * mebibyte });
  // On a file system that compresses it takes less than what comes out of it.
  await packParents(stage);
  await rejectsWithEvidence(runCommand(stage.runConfig, stage.context), {
    error: /has 300 MiB left, the unpacked memory needs up to 320 MiB/,
    exitCode: 74,
  });
});

test("a run says that the memory's holes were lost, and goes on", async () => {
  await using stage = await makeStageFixture();
  await writeFile(join(stage.folder, "ram", snapshot.ram), Buffer.alloc(64 * mebibyte));
  assert.equal(await runCommand(stage.runConfig, stage.context), 0);
  const warnings = stage.logLines.filter((line) => line.includes("its holes were lost"));
  assert.equal(warnings.length, 1);
  assert.match(
    warnings[0] ?? "",
    /memory: 64 MiB on disk for 0 MiB in use, .*unless .* compresses; .*casement#dig-holes/,
  );
});

test("a run says nothing of a memory with its holes", async () => {
  await using stage = await makeStageFixture();
  await runCommand(stage.runConfig, stage.context);
  assert.doesNotMatch(stage.logLines.join("\n"), /holes/);
});

for (const { title, onDisk, inUse, isSaid } of [
  { title: "what the freeze left", onDisk: 1600, inUse: 1600, isSaid: false },
  { title: "less, as on a file system that compresses", onDisk: 900, inUse: 1600, isSaid: false },
  { title: "a little more, as with larger blocks", onDisk: 1700, inUse: 1600, isSaid: false },
  { title: "much more", onDisk: 4096, inUse: 1600, isSaid: true },
  { title: "more, by few MiB", onDisk: 25, inUse: 10, isSaid: false },
]) {
  test(`${title} is ${isSaid ? "told" : "not worth a word"}`, () => {
    const said = describeLostHoles(onDisk * mebibyte, { bytesOnDisk: inUse * mebibyte });
    assert.equal(said !== undefined, isSaid);
  });
}
