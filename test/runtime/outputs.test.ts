import assert from "node:assert/strict";
import { mkdir, readdir, readFile, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { createLog } from "../../src/runtime/log.ts";
import { moveOutputs } from "../../src/runtime/outputs.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const hidden = "0123456789abcdfghijklmnpqrsvwxyz-hello";

async function outputsIn(folder: string) {
  const lines: string[] = [];
  await mkdir(join(folder, "left"));
  await mkdir(join(folder, "store", hidden), { recursive: true });
  const outputs = { out: join(folder, "o"), dev: join(folder, "d") };
  const move = async (makeOutputs: boolean): Promise<void> => {
    using log = createLog({ write: (line) => lines.push(line.replace(/^\[.*?\] /, "")) });
    await moveOutputs(
      join(folder, "left"),
      { outputs },
      { makeOutputs, log, storeFolder: join(folder, "store") },
    );
  };
  return { left: join(folder, "left"), outputs, move, lines };
}

test("each output goes to its place, with what it names in UTF-16 written down", async () => {
  await using temp = await makeTempFolder();
  const { left, outputs, move, lines } = await outputsIn(temp.path);
  await mkdir(join(left, "o"));
  await writeFile(join(left, "o/config"), Buffer.from(`S:\\${hidden}`, "utf16le"));
  await writeFile(join(left, "d"), "a file");
  await move(false);
  assert.equal(await readFile(join(outputs.out, "nix-support/references"), "utf8"), `/nix/store/${hidden}\n`);
  assert.equal(await readFile(outputs.dev, "utf8"), "a file");
  assert.deepEqual(lines, ["output out: 1 store path in UTF-16, named in nix-support/references"]);
});

test("an output that is a file and names something in UTF-16 is warned of", async () => {
  await using temp = await makeTempFolder();
  const { left, outputs, move, lines } = await outputsIn(temp.path);
  await writeFile(join(left, "o"), Buffer.from(hidden, "utf16le"));
  await move(false);
  assert.equal((await readFile(outputs.out)).length, hidden.length * 2);
  assert.match(
    lines[0] ?? "",
    /^warning: output out names store paths in UTF-16.*hello\. They are written down where it is a folder/,
  );
});

test("a link that the command left where references are written down leads nowhere", async () => {
  await using temp = await makeTempFolder();
  const { left, outputs, move, lines } = await outputsIn(temp.path);
  const own = join(temp.path, "own");
  await writeFile(own, "the build user's own\n");
  for (const name of ["o", "d"]) {
    await mkdir(join(left, name));
    await writeFile(join(left, name, "config"), Buffer.from(hidden, "utf16le"));
  }
  await mkdir(join(left, "o/nix-support"));
  await symlink(own, join(left, "o/nix-support/references"));
  await symlink(temp.path, join(left, "d/nix-support"));
  await move(false);
  assert.equal(await readFile(own, "utf8"), "the build user's own\n");
  await assert.rejects(readFile(join(temp.path, "references")), { code: "ENOENT" });
  assert.equal(await readlink(join(outputs.out, "nix-support/references")), own);
  assert.deepEqual(
    lines.map((line) => line.replace(/ names store .*/, "")),
    ["warning: output out", "warning: output dev"],
  );
});

test("what cannot be looked at is an error, and no empty output", async () => {
  await using temp = await makeTempFolder();
  const { left, outputs, move } = await outputsIn(temp.path);
  await rm(left, { recursive: true });
  await symlink("left", left);
  await assert.rejects(move(true), { code: "ELOOP" });
  await assert.rejects(readdir(outputs.out), { code: "ENOENT" });
});

for (const [title, makeOutputs, want] of [
  ["is an empty folder where it was made before the command", true, ["d", "left", "o", "store"]],
  ["is left to Nix where the command had to make it", false, ["left", "store"]],
] as const) {
  test(`an output that is not there ${title}`, async () => {
    await using temp = await makeTempFolder();
    const { move } = await outputsIn(temp.path);
    await move(makeOutputs);
    assert.deepEqual((await readdir(temp.path)).toSorted(), want);
  });
}
