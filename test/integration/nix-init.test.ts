// `casement init` and `nix flake init -t`: two ways to the same project.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import {
  copySource,
  nix,
  nixCommand,
  nixOutput,
  overrideToolPkgs,
  repository,
  scratch,
  skipWithoutNix,
  usesHostTools,
} from "../nix/nix-tool.ts";

describe("a project to start from", { skip: skipWithoutNix }, () => {
  const folder = scratch();
  const source = join(folder.path, "source");
  before(() => copySource(source));
  after(() => folder[Symbol.dispose]());

  test("the packaged command leaves the same files as nix flake init, and they can be written to", () => {
    const [casement = ""] = nixOutput(
      "build",
      "--no-link",
      "--print-out-paths",
      "--no-write-lock-file",
      ...overrideToolPkgs("nixpkgs"),
      `path:${source}#casement`,
    ).split("\n");
    const template = templateSource(folder.path);
    for (const [name, flags] of [
      ["default", []],
      ["stand-in", ["--stand-in"]],
    ] as const) {
      const [ours, theirs] = [join(folder.path, `ours-${name}`), join(folder.path, `theirs-${name}`)];
      execFileSync(join(casement, "bin/casement"), ["init", ours, ...flags], {
        env: { ...process.env, XDG_CACHE_HOME: folder.path },
      });
      mkdirSync(theirs);
      const [file, ...options] = nixCommand();
      const { stderr, status } = spawnSync(
        file,
        [...options, "flake", "init", "--template", `path:${template}#${name}`],
        { cwd: theirs, encoding: "utf8" },
      );
      assert.equal(status, 0, stderr);
      assert.deepEqual(filesOf(ours), filesOf(theirs));
      for (const path of readdirSync(ours))
        assert.equal(statSync(join(ours, path)).mode & 0o200, 0o200, path);
    }
  });

  test("the stand-in's project evaluates as it is, without a Windows and without a lock", () => {
    const project = join(folder.path, "trial");
    const casement = join(repository, "src/cli/main.ts");
    for (const args of [
      ["init", project, "--stand-in"],
      ["generate", join(project, "casement.yaml")],
    ]) {
      execFileSync(process.execPath, [casement, ...args], {
        env: { ...process.env, XDG_CACHE_HOME: folder.path },
      });
    }
    const evaluate = (attribute: string): string => {
      const { stdout, stderr, exitCode } = nix(
        "eval",
        "--json",
        "--no-write-lock-file",
        "--no-allow-import-from-derivation",
        "--override-input",
        "casement",
        `path:${source}`,
        ...overrideToolPkgs("casement/nixpkgs"),
        `path:${project}#${attribute}`,
      );
      assert.equal(exitCode, 0, stderr);
      return stdout.trim();
    };
    assert.equal(evaluate("packages.x86_64-linux.windows.standIn"), "true");
    const hello = "packages.x86_64-linux.hello";
    assert.equal(evaluate(`${hello}.drvAttrs.requiredSystemFeatures`), "[]", "any machine will do");
    assert.match(evaluate(`${hello}.drvPath`), /-hello\.drv"$/);
    assert.match(evaluate("checks.x86_64-linux.drift.drvPath"), /\.drv"$/);
  });
});

/** The source as a flake whose nixpkgs is the package set of this machine, because `nix flake init` takes no other in its place. */
function templateSource(folder: string): string {
  const source = join(folder, "templates");
  copySource(source);
  if (!usesHostTools) return source;
  const file = join(source, "flake.nix");
  const [, , hostTools = ""] = overrideToolPkgs("nixpkgs");
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace(
      /inputs\.nixpkgs\.url = ".*";/,
      `inputs.nixpkgs.url = "${hostTools}";`,
    ),
  );
  rmSync(join(source, "flake.lock"));
  return source;
}

function filesOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((path) => [path, readFileSync(join(folder, path), "utf8")]),
  );
}
