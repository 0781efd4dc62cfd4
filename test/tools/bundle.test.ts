import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { bundle } from "../../tools/bundle.ts";

const nodeModules = join(import.meta.dirname, "../../node_modules");

test("makes one file that runs in an empty folder", async (t) => {
  const folder = treeOf(t, {
    "src/agent/main.ts":
      'import ssh2 from "ssh2"; import { word } from "../word.ts"; console.log(word, typeof ssh2.Client);',
    "src/word.ts": 'export const word: string = "hello";',
  });
  const empty = treeOf(t, { "bundle.mjs": await bundle("src/agent/main.ts", folder) }, false);
  assert.equal(
    execFileSync(process.execPath, ["bundle.mjs"], { cwd: empty, encoding: "utf8" }),
    "hello function\n",
  );
});

test("gives the same bytes for the same sources in another folder", async (t) => {
  const sources = { "src/runtime/main.ts": 'import { z } from "zod"; console.log(z.string().parse("x"));' };
  const first = await bundle("src/runtime/main.ts", treeOf(t, sources));
  assert.equal(first, await bundle("src/runtime/main.ts", treeOf(t, sources)));
});

test("puts a module that throws in the place of a native one", async (t) => {
  const folder = treeOf(t, {
    "main.ts":
      'import { createRequire } from "node:module"; declare const require: NodeJS.Require; void createRequire;' +
      'try { require("cpu-features"); } catch (error) { console.log(String(error)); }',
  });
  const empty = treeOf(t, { "bundle.mjs": await bundle("main.ts", folder) }, false);
  const output = execFileSync(process.execPath, ["bundle.mjs"], { cwd: empty, encoding: "utf8" });
  assert.match(output, /cpu-features: native modules are left out of this bundle/);
});

test("refuses an import that leads nowhere", async (t) => {
  const folder = treeOf(t, { "main.ts": 'import "./missing.ts";' });
  await assert.rejects(bundle("main.ts", folder), /Could not resolve "\.\/missing\.ts"/);
});

function treeOf(
  t: { after: (cleanUp: () => void) => void },
  files: Record<string, string>,
  withPackages = true,
): string {
  const folder = mkdtempSync(join(tmpdir(), "casement-bundle-"));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  if (withPackages) symlinkSync(nodeModules, join(folder, "node_modules"));
  return folder;
}
