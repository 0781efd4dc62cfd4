import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { startArchive } from "../cygwin/archive-server.ts";
import { makeSmallArchive, writeArchive } from "../cygwin/small-archive.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/cygwin.md"), "utf8");

test("the commands of docs/cygwin.md do what it says, one block after the other", async () => {
  const blocks = [...page.matchAll(/^```console\n([\s\S]*?)^```$/gm)].map(([, block = ""]) => block);
  assert.equal(blocks.length, 3);
  const [fromArchive = "", fromFiles = "", later = ""] = blocks;
  await using temp = await makeTempFolder();
  await using server = await startArchive(makeSmallArchive().files);
  writeArchive(makeSmallArchive(), join(temp.path, "mirror"));
  const spec = "name: t\nwindows:\n  release: windows-10-22h2\n";
  writeFileSync(join(temp.path, "casement.yaml"), spec);

  await runBlock(fromFiles, temp.path, server.url);
  rmSync(join(temp.path, "cygwin.lock.json"));
  await runBlock(fromArchive, temp.path, server.url);
  writeFileSync(join(temp.path, "casement.yaml"), `${spec}cygwin:\n  packages: [wget]\n`);
  const said = await runBlock(later, temp.path, server.url);
  const shown = /```text\n(changed wanted[\s\S]*?)```/.exec(page)?.[1];
  assert.equal(said.split("casement: wrote")[0], shown);
});

/** What the commands print; a command that fails is an error. */
async function runBlock(block: string, cwd: string, archive: string): Promise<string> {
  const start = join(import.meta.dirname, "../../src/cli/start.mjs");
  const env = { ...process.env, XDG_CACHE_HOME: join(cwd, ".cache") };
  let said = "";
  for (const line of block.trim().split("\n")) {
    const [prompt, name, ...args] = line.replaceAll("$ARCHIVE", archive).split(" ");
    assert.deepEqual([prompt, name], ["$", "casement"], line);
    said += await new Promise<string>((resolve, reject) => {
      execFile(process.execPath, [start, ...args], { cwd, env }, (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else reject(new Error(`${line}\n${stderr}`));
      });
    });
  }
  return said;
}
