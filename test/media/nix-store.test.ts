import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { addToStore, type NixPrograms } from "../../src/media/nix-store.ts";
import { makeTempFolder, type TempFolder } from "../support/temp-folder.ts";

const file = { path: "/media/a file.iso", name: "win.iso", sha256: "0".repeat(64) };

/** Programs that note how they were called; `valid` is whether the store has the file already, `added` what adding prints. */
async function fakeNix(folder: TempFolder, answers: { valid: boolean; added: string }): Promise<NixPrograms> {
  const write = async (name: string, body: string): Promise<string> => {
    const program = join(folder.path, name);
    await writeFile(program, `#!/bin/sh\necho "${name} $*" >>'${folder.path}/calls'\n${body}\n`, {
      mode: 0o755,
    });
    return program;
  };
  return {
    nixStore: await write(
      "nix-store",
      `case $1 in --print-fixed-path) echo /nix/store/expected-win.iso;; --check-validity) exit ${answers.valid ? 0 : 1};; esac`,
    ),
    nix: await write("nix", answers.added),
  };
}

test("a file is added under its name, and the path is the one that its hash says", async () => {
  await using folder = await makeTempFolder();
  const programs = await fakeNix(folder, { valid: false, added: "echo /nix/store/expected-win.iso" });
  assert.equal(await addToStore(programs, file), "/nix/store/expected-win.iso");
  assert.deepEqual((await readFile(join(folder.path, "calls"), "utf8")).trim().split("\n"), [
    `nix-store --print-fixed-path sha256 ${file.sha256} win.iso`,
    "nix-store --check-validity /nix/store/expected-win.iso",
    "nix --extra-experimental-features nix-command store add-file --name win.iso /media/a file.iso",
  ]);
});

test("a file that the store has is not added again", async () => {
  await using folder = await makeTempFolder();
  const programs = await fakeNix(folder, { valid: true, added: "exit 1" });
  assert.equal(await addToStore(programs, file), "/nix/store/expected-win.iso");
});

test("a file that is another one by the time that it is added is refused", async () => {
  await using folder = await makeTempFolder();
  const programs = await fakeNix(folder, { valid: false, added: "echo /nix/store/other-win.iso" });
  await assert.rejects(addToStore(programs, file), {
    name: "ToolError",
    message: "/media/a file.iso: it changed while it was read",
  });
});

test("what Nix says when it fails is passed on", async () => {
  await using folder = await makeTempFolder();
  const programs = await fakeNix(folder, { valid: false, added: "echo 'error: no space left' >&2; exit 1" });
  await assert.rejects(
    addToStore(programs, file),
    /store add-file .* exited with 1\n {2}\| error: no space left/,
  );
});
