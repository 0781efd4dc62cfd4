import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { writeScript } from "../../src/runtime/script.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const rows = [
  { kind: "bash", name: "script.sh", given: "a\nb\r\n", want: "a\nb\r\n" },
  { kind: "cmd", name: "script.cmd", given: "a\nb\r\nc", want: "a\r\nb\r\nc" },
  { kind: "powershell", name: "script.ps1", given: "\uFEFFgrün\n", want: "\uFEFFgrün\r\n" },
] as const;

for (const { kind, name, given, want } of rows) {
  test(`a ${kind} script gets its name and line ends`, async () => {
    await using temp = await makeTempFolder();
    await mkdir(join(temp.path, "run"));
    const script = join(temp.path, "given");
    await writeFile(script, given);
    assert.equal(await writeScript({ kind, script, environment: {} }, temp.path), name);
    assert.equal(await readFile(join(temp.path, "run", name), "utf8"), want);
  });
}
