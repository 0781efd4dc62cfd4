// nix/package.nix over a small repository of its own: what each program is built from, and what it is not.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test, type TestContext } from "node:test";
import { z } from "zod";
import { bundle } from "../../tools/bundle.ts";
import { evaluate, nixOutput, repository, skipWithoutNix, toolPkgs } from "../nix/nix-tool.ts";

const skip = skipWithoutNix;

const tarballs = z
  .object({
    hash: z.string(),
    packages: z.array(z.object({ paths: z.array(z.string()), version: z.string() })),
  })
  .parse(loadJson(join(repository, "nix/npm/tarballs.json")));

const small: Readonly<Record<string, string>> = {
  "src/errors.ts": "export const marker: number = 1;",
  "src/contract/filenames.ts": 'export const name: string = "run.json";',
  "src/runtime/main.ts":
    'import { z } from "zod"; import { execa } from "execa"; import { marker } from "../errors.ts"; import { name } from "../contract/filenames.ts"; console.log("runtime", marker, name, typeof z.string, typeof execa);',
  "src/agent/main.ts": 'import ssh2 from "ssh2"; console.log("agent", typeof ssh2.Client);',
  "src/media/check-medium.ts":
    'import { marker } from "../errors.ts"; import { near } from "../text/nearest.ts"; console.log("media", marker, near);',
  "src/text/nearest.ts": "export const near: number = 2;",
  "src/stand-in/main.ts": 'import { quote } from "../text/cmd.ts"; console.log("stand-in", quote);',
  "src/text/cmd.ts": "export const quote: string = '\"';",
  "src/cli/start.mjs": 'await import("./main.ts");',
  "src/cli/main.ts":
    'import { Command } from "commander"; console.log("cli", typeof Command, process.argv.slice(2).join());',
};

test("each bundle runs by itself, and refers to nothing in the store", { skip }, (t) => {
  const repo = smallRepository(t);
  const said: Record<string, string> = {
    runtime: "runtime 1 run.json function function",
    agent: "agent function",
    standIn: 'stand-in "',
    media: "media 1 2",
  };
  for (const [name, want] of Object.entries(said)) {
    const [path = ""] = build(repo, name);
    const folder = join(path, "share/casement");
    const [file = "", ...rest] = readdirSync(folder);
    assert.deepEqual(rest, []);
    assert.equal(run(process.execPath, join(folder, file)), `${want}\n`);
    assert.equal(nixOutput("path-info", "-r", path).trim(), path);
  }
});

test("npm run build writes the bytes that the derivation has", { skip }, async (t) => {
  const repo = smallRepository(t);
  cpSync(join(repository, "node_modules"), join(repo, "node_modules"), { recursive: true });
  const [path = ""] = build(repo, "runtime");
  assert.equal(
    await bundle("src/runtime/main.ts", repo),
    readFileSync(join(path, "share/casement/runtime.mjs"), "utf8"),
  );
});

test("the command line runs from source with its packages", { skip }, (t) => {
  const [path = ""] = build(smallRepository(t), "casement");
  assert.equal(run(join(path, "bin/casement"), "generate", "--check"), "cli function generate,--check\n");
});

const names = ["runtime", "agent", "media", "standIn", "casement"] as const;
for (const { file, rebuilds } of [
  { file: "src/agent/main.ts", rebuilds: ["agent", "casement"] },
  { file: "src/runtime/main.ts", rebuilds: ["runtime", "casement"] },
  { file: "src/media/check-medium.ts", rebuilds: ["media", "casement"] },
  { file: "src/text/cmd.ts", rebuilds: ["standIn", "casement"] },
  { file: "src/text/nearest.ts", rebuilds: ["media", "standIn", "casement"] },
  { file: "src/contract/filenames.ts", rebuilds: ["runtime", "agent", "media", "standIn", "casement"] },
  { file: "src/cli/main.ts", rebuilds: ["casement"] },
  { file: "README.md", rebuilds: [] },
  { file: "package-lock.json", rebuilds: [] },
]) {
  test(`a change of ${file} rebuilds ${rebuilds.join(", ") || "nothing"}`, { skip }, (t) => {
    const repo = smallRepository(t);
    const before = drvPaths(repo);
    writeFileSync(join(repo, file), `${small[file] ?? ""}\n`);
    const after = drvPaths(repo);
    assert.deepEqual(
      names.filter((_, index) => before[index] !== after[index]),
      rebuilds,
    );
  });
}

test("the tarballs in the store have the hash that is committed", { skip }, (t) => {
  const [path = ""] = build(smallRepository(t), "npmTarballs");
  assert.equal(nixOutput("hash", "path", "--type", "sha256", "--sri", path).trim(), tarballs.hash);
});

test("node_modules holds the packages at the lock's paths, and their programs", { skip }, (t) => {
  const [path = ""] = build(smallRepository(t), "nodeModules");
  for (const { paths, version } of tarballs.packages) {
    for (const place of paths) {
      const manifest = z.object({ version: z.string() }).parse(loadJson(join(path, place, "package.json")));
      assert.equal(manifest.version, version, place);
    }
  }
  assert.match(run(process.execPath, join(path, "node_modules/.bin/handlebars"), "--version"), /^\d+\./);
});

function build(repo: string, name: string): string[] {
  return nixOutput(
    "build",
    "--impure",
    "--no-link",
    "--print-out-paths",
    "--expr",
    `(${expression(repo)}).${name}`,
  )
    .trim()
    .split("\n");
}

function drvPaths(repo: string): unknown[] {
  const list = names.map((name) => `"${name}"`).join(" ");
  const set = evaluate(`builtins.map (name: (${expression(repo)}).\${name}.drvPath) [ ${list} ]`);
  assert.ok(Array.isArray(set));
  return set;
}

function expression(repo: string): string {
  return `import ${join(repository, "nix/package.nix")} { pkgs = ${toolPkgs}; src = ${repo}; }`;
}

function loadJson(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}

function run(program: string, ...args: string[]): string {
  return execFileSync(program, args, { encoding: "utf8", cwd: tmpdir() });
}

function smallRepository(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "casement-package-"));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries(small)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  mkdirSync(join(folder, "tools"));
  for (const file of ["tools/bundle.ts", "package.json"]) cpSync(join(repository, file), join(folder, file));
  return folder;
}
