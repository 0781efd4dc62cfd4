import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { writeCommandFiles } from "../../src/runtime/command-files.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const plain = { environment: {}, passAsFile: {}, attributes: null, makeOutputs: true, desktop: false };

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
    assert.equal(await writeCommandFiles({ ...plain, kind, script }, temp.path), name);
    assert.equal(await readFile(join(temp.path, "run", name), "utf8"), want);
  });
}

test("passAsFile and structured attributes lie beside the script, byte for byte", async () => {
  await using temp = await makeTempFolder();
  const attributes = { json: join(temp.path, "json"), sh: join(temp.path, "sh") };
  await writeFile(attributes.json, '{"a":1}');
  await writeFile(attributes.sh, "declare a=1\n");
  await writeFile(join(temp.path, "given"), "");
  const passAsFile = { text: "grün\r\n", buildCommand: "" };
  const script = join(temp.path, "given");
  await writeCommandFiles({ ...plain, kind: "bash", script, passAsFile, attributes }, temp.path);
  const read = (name: string): Promise<string> => readFile(join(temp.path, "run/attributes", name), "utf8");
  assert.equal(await read("text"), passAsFile.text);
  assert.equal(await read("buildCommand"), "");
  assert.equal(await read(".attrs.json"), '{"a":1}');
  assert.equal(await read(".attrs.sh"), "declare a=1\n");
});
