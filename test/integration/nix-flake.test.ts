import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { z } from "zod";
import {
  copySource,
  evaluate,
  nix,
  nixOutput,
  overrideToolPkgs,
  repository,
  scratch,
  skipWithoutNix,
} from "../nix/nix-tool.ts";
import { completeStarter, edit, startFromTemplate } from "../nix/starter.ts";

// Nothing is fetched where the package set is the machine's own, nothing is locked, and nothing is built to evaluate.
const pure = ["--no-write-lock-file", "--no-allow-import-from-derivation"];

describe("the flake", { skip: skipWithoutNix }, () => {
  const folder = scratch();
  const source = join(folder.path, "source");
  before(() => copySource(source));
  after(() => folder[Symbol.dispose]());

  test("passes nix flake check, pure and without import from derivation", () => {
    const { exitCode, stderr } = nix(
      "flake",
      "check",
      "--no-build",
      ...pure,
      ...overrideToolPkgs("nixpkgs"),
      `path:${source}`,
    );
    assert.equal(exitCode, 0, stderr);
  });

  test("has no expression with a syntax error or an undefined variable", () => {
    const files = globSync("**/*.nix", { cwd: source }).map((file) => join(source, file));
    assert.ok(files.length > 20, files.join("\n"));
    const kinds = evaluate(`map (file: builtins.typeOf (import file)) [ ${files.join(" ")} ]`);
    assert.ok(
      Array.isArray(kinds) && kinds.every((kind) => ["lambda", "set", "list"].includes(String(kind))),
      String(kinds),
    );
  });

  test("shows the outputs that its README promises", () => {
    const shown: unknown = JSON.parse(
      nixOutput("flake", "show", "--json", ...pure, ...overrideToolPkgs("nixpkgs"), `path:${source}`),
    );
    assert.ok(typeof shown === "object" && shown !== null);
    for (const output of ["apps", "checks", "devShells", "lib", "packages", "templates"]) {
      assert.ok(output in shown, `${output} is missing from ${Object.keys(shown).join(", ")}`);
    }
  });

  test("pins nixpkgs by revision and content", () => {
    const locked = z.object({ rev: z.string(), narHash: z.string(), type: z.literal("github") });
    const lock = z.object({ nodes: z.object({ nixpkgs: z.object({ locked }) }) });
    const { rev, narHash } = lock.parse(JSON.parse(readFileSync(join(repository, "flake.lock"), "utf8")))
      .nodes.nixpkgs.locked;
    assert.match(rev, /^[0-9a-f]{40}$/);
    assert.match(narHash, /^sha256-/);
  });

  test("has a template that says what is missing, and evaluates once it is there", async () => {
    using consumer = scratch();
    await startFromTemplate(consumer.path);
    const incomplete = evaluateFlake(consumer.path, source, "hello.drvPath");
    assert.notEqual(incomplete.exitCode, 0);
    assert.match(incomplete.stderr, /iso: no Windows ISO is known/);
    assert.match(
      incomplete.stderr,
      /cygwin: no folder with Cygwin's packages is known\n +Lock it: casement lock/,
    );

    await completeStarter(consumer.path);
    const complete = evaluateFlake(consumer.path, source, "hello.drvPath");
    assert.equal(complete.exitCode, 0, complete.stderr);
    assert.match(complete.stdout, /^\/nix\/store\/[0-9a-z]{32}-hello\.drv$/);
    const features = evaluateFlake(consumer.path, source, "hello.drvAttrs.requiredSystemFeatures", "--json");
    assert.deepEqual(JSON.parse(features.stdout), ["kvm"]);
  });

  test("has a template that takes the stand-in by the line that it names", async () => {
    using consumer = scratch();
    await startFromTemplate(consumer.path);
    edit(join(consumer.path, "flake.nix"), (text) =>
      text.replace("# inherit (casement", "inherit (casement"),
    );
    const result = evaluateFlake(consumer.path, source, "windows.standIn", "--json");
    assert.equal(result.stdout.trim(), "true", result.stderr);
  });

  test("has a template that passes nix flake check without an ISO, and whose drift check finds a stale folder", async () => {
    using consumer = scratch();
    await startFromTemplate(consumer.path);
    await completeStarter(consumer.path);
    const check = (): ReturnType<typeof nix> =>
      nix("flake", "check", ...pure, ...inputs(source), `path:${consumer.path}`);
    const fresh = check();
    assert.equal(fresh.exitCode, 0, fresh.stderr);
    edit(join(consumer.path, "casement.yaml"), (text) => `${text}hardware: { memoryMiB: 8192 }\n`);
    assert.match(check().stderr, /out of date +casement\/machine\.json/);
  });
});

/** This source in the place of the starter's casement, and the machine's package set in those of both nixpkgs. */
function inputs(source: string): readonly string[] {
  return [
    "--override-input",
    "casement",
    `path:${source}`,
    ...overrideToolPkgs("casement/nixpkgs"),
    ...overrideToolPkgs("nixpkgs"),
  ];
}

function evaluateFlake(
  folder: string,
  source: string,
  attribute: string,
  format = "--raw",
): ReturnType<typeof nix> {
  return nix("eval", format, ...pure, ...inputs(source), `path:${folder}#packages.x86_64-linux.${attribute}`);
}
