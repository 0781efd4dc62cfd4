import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import {
  nix,
  nixCommand,
  nixOutput,
  repository,
  scratch,
  skipWithoutNix,
  toolPkgs,
} from "../nix/nix-tool.ts";

describe("the filter of what goes to a cache", { skip: skipWithoutNix }, () => {
  const folder = scratch();
  let filter = "";
  // Content that no other run has: these have to be built, so that the hook runs.
  const salt = String(Date.now());
  before(() => {
    filter = `${build(`(import ${repository} { toolPkgs = ${toolPkgs}; }).packages.cache-filter`)}/bin/casement-cache-filter`;
  });
  after(() => folder[Symbol.dispose]());

  test("keeps Windows, what is made of it, and what refers to that; and says why", () => {
    const [image, iso, plain, upper] = ["casement-win11-image", "Win11.iso", "hello", "WIN.ISO"].map((name) =>
      build(derivation(name)),
    );
    const log = build(derivation("log", derivation("casement-win11-image")));
    const { status, stdout, stderr } = run([image, iso, plain, upper, log].map(String));
    assert.equal(status, 0, stderr);
    assert.equal(stdout, `${plain}\n`);
    assert.match(stderr, /-log stays here, because of [0-9a-z]{32}-casement-win11-image/);
    assert.match(stderr, /-Win11\.iso stays here/);
  });

  test("takes paths from standard input, and none of them", () => {
    const plain = build(derivation("hello"));
    assert.equal(run(["-"], `${plain}\n`).stdout, `${plain}\n`);
    assert.equal(run(["-"], "").stdout, "");
  });

  test("prints nothing of a path that Nix does not know, and fails", () => {
    const { status, stdout } = run([`/nix/store/${"0".repeat(32)}-unknown`]);
    assert.notEqual(status, 0);
    assert.equal(stdout, "");
    assert.equal(run([]).status, 2);
  });

  test("works as the post-build-hook of the docs, between Nix and what pushes", () => {
    const pushed = join(folder.path, "pushed");
    const docs = readFileSync(join(repository, "docs/nix.md"), "utf8");
    const hook = /```sh\n(#!\/bin\/sh\n.*?casement-cache-filter.*?)```/s.exec(docs)?.[1] ?? "";
    const file = join(folder.path, "hook");
    writeFileSync(
      file,
      hook
        .replace("/path/to/casement-cache-filter", filter)
        .replace(/nix copy --to \S+ /, `printf '%s\\n' >>${pushed} `),
    );
    chmodSync(file, 0o755);
    const all = `[ (${derivation("casement-other-image")}) (${derivation("other")}) ]`;
    const { exitCode, stderr } = nix(
      "build",
      "--impure",
      "--no-link",
      "--option",
      "post-build-hook",
      file,
      "--expr",
      `${toolPkgs}.linkFarmFromDrvs "both-${salt}" ${all}`,
    );
    assert.equal(exitCode, 0, stderr);
    assert.ok(existsSync(pushed), stderr);
    const names = readFileSync(pushed, "utf8").trim().split("\n");
    assert.deepEqual(
      names.map((path) => path.replace(/^\/nix\/store\/[0-9a-z]{32}-/, "")),
      ["other"],
      hook,
    );
  });

  function run(
    args: readonly string[],
    input = "",
  ): { status: number | null; stdout: string; stderr: string } {
    return spawnSync(filter, args, {
      encoding: "utf8",
      input,
      env: { ...process.env, PATH: `${join(nixCommand()[0], "..")}:${process.env["PATH"]}` },
    });
  }

  function derivation(name: string, content = '""'): string {
    return `(${toolPkgs}.runCommand "${name}" { content = ${content}; salt = "${salt}"; } "echo $content $salt >$out")`;
  }

  function build(expression: string): string {
    return nixOutput("build", "--impure", "--no-link", "--print-out-paths", "--expr", expression).trim();
  }
});
