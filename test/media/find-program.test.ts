import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { findProgram, findSevenZip } from "../../src/media/find-program.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

test("the first name that a PATH has is found, in the PATH's order; files that cannot be run are passed over", async () => {
  await using folder = await makeTempFolder();
  const place = (...names: string[]): string => join(folder.path, ...names);
  for (const name of ["a", "b"]) await mkdir(place(name));
  await writeFile(place("a/7z"), "", { mode: 0o755 });
  await writeFile(place("a/7zz"), "", { mode: 0o644 });
  await writeFile(place("b/7zz"), "", { mode: 0o755 });
  assert.equal(findSevenZip(`${place("a")}:${place("b")}`), place("b/7zz"));
  assert.equal(findSevenZip(place("a")), place("a/7z"));
  assert.equal(findProgram(["7z"], `.:relative:${place("b")}`), undefined);
});

for (const path of [undefined, "", "/nonexistent"]) {
  test(`with the PATH ${path ?? "unset"} the message says how to get 7-Zip`, () => {
    assert.throws(() => findSevenZip(path), { name: "ToolError", hint: /apt install 7zip.*nixpkgs#_7zz/ });
  });
}
