import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { ToolError } from "../../src/errors.ts";
import { loadImageRecord, writeImageRecord } from "../../src/runtime/records.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { hardware } from "./stage-fixture.ts";

const id = (digit: string): string => digit.repeat(32);

async function writeImage(
  folder: string,
  buildId: string,
  parent: { path: string; buildId: string } | null,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  await writeImageRecord(folder, {
    version: 1,
    buildId,
    name: "demo",
    release: "windows-11",
    standIn: true,
    hardware,
    parent,
    hostKey: "ssh-ed25519 AAAA",
  });
  return folder;
}

test("a layer's parents are looked at down to the installation", async () => {
  await using temp = await makeTempFolder();
  const base = await writeImage(join(temp.path, "base"), id("1"), null);
  const middle = await writeImage(join(temp.path, "middle"), id("2"), { path: base, buildId: id("1") });
  const top = await writeImage(join(temp.path, "top"), id("3"), { path: middle, buildId: id("2") });
  assert.equal((await loadImageRecord(top)).buildId, id("3"));
  // As after `nix copy` between two stores: the same path, and another installation in it.
  await writeImage(base, id("9"), null);
  await assert.rejects(loadImageRecord(top), (error) => {
    assert.ok(error instanceof ToolError);
    assert.match(
      error.message,
      /middle was made on another build of .*base, got build id 9+; the layer wants 1+$/,
    );
    assert.equal(error.exitCode, 73);
    return true;
  });
});

test("a parent that is gone is named", async () => {
  await using temp = await makeTempFolder();
  const top = await writeImage(join(temp.path, "top"), id("3"), {
    path: join(temp.path, "gone"),
    buildId: id("2"),
  });
  await assert.rejects(loadImageRecord(top), /gone\/image\.json cannot be read, so this image is not whole/);
});

test("an image's record says what it stands on, and none is written without that", async () => {
  await using temp = await makeTempFolder();
  // @ts-expect-error -- `parent` is missing: null says that it is an installation
  await writeImageRecord(temp.path, {
    version: 1,
    buildId: id("1"),
    name: "demo",
    release: "windows-11",
    standIn: true,
    hardware,
    hostKey: "ssh-ed25519 AAAA",
  });
  await assert.rejects(loadImageRecord(temp.path), /image\.json is not what it should be\n {2}parent: /);
});
