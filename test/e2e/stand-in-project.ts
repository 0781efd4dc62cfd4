import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../src/process/run.ts";
import { copySource, nixCommand, overrideToolPkgs, repository, scratch } from "../nix/nix-tool.ts";

/** What `nix build` did. */
export interface Built {
  readonly exitCode: number | null;
  /** Store paths of the outputs, in the order of the attributes. */
  readonly paths: readonly string[];
  readonly log: string;
  readonly output: string;
}

/** A user's project in a folder of its own, with the spec's generated folder and a flake; gone when it is disposed of. */
export interface StandInProject extends Disposable {
  /** The generated folder. */
  readonly generated: string;
  /** Runs a package's program with this as its standard input, and returns what it printed. */
  run(attribute: string, input: string, ...args: readonly string[]): Promise<Built>;
  /** Builds packages of the flake; a build that fails is a result, too. */
  build(...attributes: readonly string[]): Promise<Built>;
  /** The same with further options of Nix, such as where to build. */
  buildWith(options: readonly string[], ...attributes: readonly string[]): Promise<Built>;
}

/**
 * Writes spec and flake, and generates. `outputs` are lines inside the flake's `packages`, where `windows` is the machine on
 * the stand-in, `pkgs` the package set; `definitions` stand before them.
 */
export async function makeStandInProject(parts: {
  readonly spec: string;
  readonly definitions: string;
  readonly outputs: string;
  /** What load gets of the stand-in beside its ISO. */
  readonly access?: "cygwin" | "openssh";
  /** Whether its Cygwin has Wine, for specs that ask for it. */
  readonly wine?: boolean;
}): Promise<StandInProject> {
  const folder = scratch();
  const project = join(folder.path, "project");
  mkdirSync(project);
  writeFileSync(join(project, "casement.yaml"), parts.spec);
  writeFileSync(join(project, "flake.nix"), renderFlake(parts));
  return openProject(folder);
}

/** A project of examples/, as it is. */
export async function copyExample(name: string): Promise<StandInProject> {
  const folder = scratch();
  cpSync(join(repository, "examples", name), join(folder.path, "project"), { recursive: true });
  return openProject(folder);
}

async function openProject(folder: ReturnType<typeof scratch>): Promise<StandInProject> {
  const source = join(folder.path, "source");
  const project = join(folder.path, "project");
  copySource(source);
  const args = [join(repository, "src/cli/main.ts"), "generate", join(project, "casement.yaml")];
  await run({ file: process.execPath, args });
  const buildWith: StandInProject["buildWith"] = (further, ...attributes) =>
    nixRun([
      "build",
      "--no-link",
      "--print-out-paths",
      ...options(source),
      ...further,
      ...attributes.map((attribute) => `path:${project}#${attribute}`),
    ]);
  return {
    generated: join(project, "casement"),
    build: (...attributes) => buildWith([], ...attributes),
    buildWith,
    run: (attribute, input, ...args) =>
      nixRun(["run", ...options(source), `path:${project}#${attribute}`, "--", ...args], input),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

function options(source: string): readonly string[] {
  return [
    "--print-build-logs",
    "--no-write-lock-file",
    "--max-jobs",
    "2",
    "--override-input",
    "casement",
    `path:${source}`,
    ...overrideToolPkgs("casement/nixpkgs"),
  ];
}

/** The result of a build that has to succeed; fails with its log otherwise. */
export async function succeeding(building: Promise<Built>): Promise<Built> {
  const built = await building;
  assert.equal(built.exitCode, 0, built.log);
  for (const path of built.paths) assert.ok(existsSync(path), path);
  return built;
}

/** Runs Nix. Asynchronous, so that the runner's own timeout works while a guest installs itself. */
export async function nixRun(args: readonly string[], input = ""): Promise<Built> {
  const [file, ...general] = nixCommand();
  const child = spawn(file, [...general, ...args], { stdio: ["pipe", "pipe", "pipe"] });
  child.stdin.end(input);
  let stdout = "";
  let log = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    log += text;
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  return { exitCode, output: stdout, paths: stdout.split("\n").filter((line) => line !== ""), log };
}

function renderFlake(parts: {
  readonly definitions: string;
  readonly outputs: string;
  readonly access?: "cygwin" | "openssh";
  readonly wine?: boolean;
}): string {
  return `{
  inputs.casement.url = "github:casement-nix/casement";
  inputs.nixpkgs.follows = "casement/nixpkgs";
  outputs = { casement, nixpkgs, ... }:
    let
      pkgs = nixpkgs.legacyPackages.x86_64-linux;
      windows = import ./casement {
        inherit pkgs casement;
        inherit (casement.lib.standIn { wine = ${parts.wine === true}; }) iso ${parts.access ?? "cygwin"};
      };
${parts.definitions}
    in
    {
      packages.x86_64-linux = {
        inherit windows;
        inherit (windows) image;
${parts.outputs}
      };
    };
}
`;
}
