import assert from "node:assert/strict";
import { test } from "node:test";
import { generated } from "../../src/contract/filenames.ts";
import { artifactPath } from "../../src/contract/manifest.ts";
import { checkWinntSif } from "../../src/unattend/check-winnt-sif.ts";
import { render, textOf } from "./render.ts";

const minimal = { name: "hello", windows: { release: "windows-10-22h2" } };
const arm = {
  name: "arm",
  windows: { release: "windows-11-24h2", architecture: "arm64", drivers: { virtioWin: true } },
};

test("paths are safe, sorted and there once", () => {
  const paths = (render(minimal) ?? []).map(({ path }) => path);
  assert.deepEqual(paths, [...new Set(paths)].sort(byName));
  for (const path of paths) assert.match(path, artifactPath);
});

test("every file that the contract names is there", () => {
  const paths = new Set((render(minimal) ?? []).map(({ path }) => path));
  for (const folder of [generated.floppyFolder, generated.bootstrapFolder]) {
    assert.ok(paths.has(`${folder}/${generated.answerFile}`));
  }
  const { defaultNix, machine, gitattributes, floppyImage, controllerModule, smbConf, smbPasswd } = generated;
  for (const path of [
    defaultNix,
    machine,
    gitattributes,
    floppyImage,
    controllerModule,
    smbConf,
    smbPasswd,
  ]) {
    assert.ok(paths.has(path), path);
  }
  // The writer's own.
  assert.ok(!paths.has(generated.manifest));
});

test("a machine without a floppy drive gets no floppy, and the answer file on the bootstrap medium", () => {
  const paths = (render(arm) ?? []).map(({ path }) => path);
  assert.ok(paths.includes(`${generated.bootstrapFolder}/${generated.answerFile}`));
  assert.deepEqual(
    paths.filter((path) => path.includes("floppy")),
    [],
  );
});

test("XP gets winnt.sif on both media, in place of the other answer file", () => {
  const windows = { release: "windows-xp", productKey: "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE" };
  const artifacts = render({ name: "old", windows }) ?? [];
  const answer = textOf(artifacts, "media/floppy/winnt.sif");
  assert.deepEqual(checkWinntSif(answer), []);
  assert.equal(textOf(artifacts, "media/bootstrap/winnt.sif"), answer);
  assert.ok(!artifacts.some(({ path }) => path.endsWith(generated.answerFile)));
  const floppy = artifacts.find(({ path }) => path === generated.floppyImage)?.content;
  assert.ok(floppy instanceof Uint8Array);
  assert.ok(Buffer.from(floppy).includes(answer.slice(0, 400)));
});

test("the same answer file is on the floppy and on the bootstrap medium", () => {
  const artifacts = render(minimal) ?? [];
  const answer = textOf(artifacts, "media/floppy/Autounattend.xml");
  assert.equal(textOf(artifacts, "media/bootstrap/Autounattend.xml"), answer);
  const floppy = artifacts.find(({ path }) => path === generated.floppyImage)?.content;
  assert.ok(floppy instanceof Uint8Array);
  assert.ok(Buffer.from(floppy).includes(answer.slice(0, 400)));
});

test("what Windows reads line by line ends its lines with CR LF, everything else with LF", () => {
  for (const { path, content } of render(minimal) ?? []) {
    if (typeof content !== "string") continue;
    if (/\.(cmd|txt|xml)$/.test(path)) assert.doesNotMatch(content, /(?<!\r)\n/, path);
    else assert.doesNotMatch(content, /\r/, path);
  }
});

function byName(left: string, right: string): number {
  return left < right ? -1 : 1;
}
