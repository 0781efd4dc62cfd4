// Evaluates Casement on a nixpkgs: its programs, the stand-in, every example's stages, the NixOS controller with its goldens,
// licences, and both flakes. Builds nothing. Takes about two minutes, most of it for copying nixpkgs into the store.
// usage: npm run check:nixpkgs -- FOLDER|FLAKE-REFERENCE     such as ~/nixpkgs or github:NixOS/nixpkgs/nixos-26.05
// Exit code 0 if all passed, 1 if one failed, 2 for a wrong argument.
import { spawnSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { nix } from "../test/nix/nix-tool.ts";

const root = resolve(import.meta.dirname, "..");
const [wanted, ...more] = process.argv.slice(2);
if (wanted === undefined || more.length > 0) refuse("usage: npm run check:nixpkgs -- FOLDER|FLAKE-REFERENCE");
const nixpkgs = existsSync(wanted) ? resolve(wanted) : fetch(wanted);
const version = join(nixpkgs, "lib/.version");
if (!existsSync(version)) refuse(`check-nixpkgs: ${nixpkgs} is no nixpkgs: it has no lib/.version`);
process.stdout.write(`nixpkgs ${readFileSync(version, "utf8").trim()} in ${nixpkgs}\n`);
const files = globSync("test/integration/nixpkgs*.test.ts", { cwd: root });
const { status } = spawnSync("node", ["--test", "--test-reporter=spec", "--test-concurrency=1", ...files], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, CASEMENT_NIXPKGS: nixpkgs },
});
process.exitCode = status === 0 ? 0 : 1;

/** The nixpkgs of a flake reference, as a folder of the store. */
function fetch(reference: string): string {
  const { exitCode, stdout, stderr } = nix("flake", "prefetch", "--json", reference);
  if (exitCode !== 0) refuse(`check-nixpkgs: ${reference} is no folder, and cannot be fetched:\n${stderr}`);
  return z.object({ storePath: z.string() }).parse(JSON.parse(stdout)).storePath;
}

function refuse(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}
