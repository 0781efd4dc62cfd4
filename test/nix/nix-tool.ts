import { spawnSync } from "node:child_process";
import { accessSync, constants, cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, join } from "node:path";

export const repository = join(import.meta.dirname, "../..");

const hostTools = join(repository, ".tools/host-tools");
const program = [join(repository, ".tools/bin"), ...(process.env["PATH"] ?? "").split(delimiter)]
  .map((folder) => join(folder, "nix"))
  .find(isExecutable);
/** True where the package set is the tools of this machine, and not nixpkgs. */
export const usesHostTools = existsSync(join(hostTools, "versions.json")) && packageSet() === "host";

/** Why a test that needs Nix is skipped; false when it is there, and under CI, where it must not be. */
export const skipWithoutNix: string | false =
  program !== undefined || process.env["CI"] === "true" ? false : "not installed: nix (npm run setup)";

/** A Nix expression for the package set that the machine uses: its own tools, or the nixpkgs of flake.lock. */
export const toolPkgs = usesHostTools
  ? `(import ${hostTools} { })`
  : `(import (builtins.getFlake "git+file://${repository}").inputs.nixpkgs { system = "x86_64-linux"; })`;

/** Options that put that package set in the place of a flake's nixpkgs; `input` is `nixpkgs` or `casement/nixpkgs`. */
export function overrideToolPkgs(input: string): readonly string[] {
  return usesHostTools ? ["--override-input", input, `path:${hostTools}`] : [];
}

export interface NixResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Nix with the options that every call takes; offline where nothing has to be fetched. */
export function nixCommand(): readonly [string, ...string[]] {
  return [
    program ?? "nix",
    "--extra-experimental-features",
    "nix-command flakes",
    "--option",
    "warn-dirty",
    "false",
    ...(usesHostTools ? ["--offline"] : []),
  ];
}

/** Runs Nix with flakes on and returns what it said, whatever its exit code. */
export function nix(...args: readonly string[]): NixResult {
  const [file, ...options] = nixCommand();
  const result = spawnSync(file, [...options, ...args], { encoding: "utf8", maxBuffer: 1 << 28 });
  if (result.error !== undefined) throw result.error;
  return { exitCode: result.status, stdout: result.stdout, stderr: result.stderr };
}

/** Runs Nix and returns its standard output; throws with its standard error when it fails. */
export function nixOutput(...args: readonly string[]): string {
  const { exitCode, stdout, stderr } = nix(...args);
  if (exitCode !== 0) throw new Error(`nix ${args.join(" ")} exited with ${exitCode}\n${stderr}`);
  return stdout;
}

/** The value of an expression, as JSON has it. */
export function evaluate(expression: string): unknown {
  return JSON.parse(nixOutput("eval", "--impure", "--json", "--expr", expression));
}

/** How many functions Nix calls to evaluate an expression. */
export function countCalls(expression: string): number {
  const [file, ...options] = nixCommand();
  const args = [...options, "eval", "--impure", "--json", "--expr", expression];
  const env = { ...process.env, NIX_SHOW_STATS: "1" };
  const { status, stderr } = spawnSync(file, args, { encoding: "utf8", maxBuffer: 1 << 28, env });
  const calls = /"nrFunctionCalls": (\d+)/.exec(stderr)?.[1];
  if (status !== 0 || calls === undefined) throw new Error(`nix exited with ${status}\n${stderr}`);
  return Number(calls);
}

/** Nix's message for an expression that it refuses; throws if it does not. */
export function refusal(expression: string): string {
  const { exitCode, stdout, stderr } = nix("eval", "--impure", "--json", "--expr", expression);
  if (exitCode === 0) throw new Error(`nix accepted it, and answered ${stdout}`);
  return stderr;
}

/** A folder of its own with copies of the given folders, removed when its scope ends. */
export function scratch(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), "casement-nix-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Copies this repository as a commit would hold it: without packages, tools and results. */
export function copySource(to: string): void {
  const left = new Set(["node_modules", ".git", ".tools", ".demo", "dist", "docs"]);
  cpSync(repository, to, { recursive: true, filter: (from) => !left.has(basename(from)) });
}

/** Copies the generated folder that these tests load (a small one that no generator wrote). */
export function copyMachine(to: string): void {
  cpSync(join(repository, "test/nix/machine"), to, { recursive: true });
}

function packageSet(): string {
  const asked = process.env["CASEMENT_PACKAGE_SET"];
  if (asked !== undefined && asked !== "") return asked;
  const file = join(repository, ".tools/package-set");
  return existsSync(file) ? readFileSync(file, "utf8").trim() : "nixpkgs";
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
