import { existsSync } from "node:fs";
import { join } from "node:path";
import { skipWithoutNix } from "./nix-tool.ts";

/** The nixpkgs that the tests of real nixpkgs evaluate: a folder that CASEMENT_NIXPKGS names, empty where it names none. */
export const nixpkgs = process.env["CASEMENT_NIXPKGS"] ?? "";

/** Why these tests are skipped, also in CI, which has no nixpkgs; false where there is one. Throws for a folder that is none. */
export function skipWithoutNixpkgs(): string | false {
  if (nixpkgs === "") return "no nixpkgs named: npm run check:nixpkgs -- FOLDER";
  if (!existsSync(join(nixpkgs, "pkgs/top-level/default.nix"))) {
    throw new Error(`CASEMENT_NIXPKGS: is no nixpkgs, got ${nixpkgs}`);
  }
  return skipWithoutNix;
}

/** A Nix expression for that nixpkgs with this configuration. */
export function importNixpkgs(config = "{ }"): string {
  return `(import ${nixpkgs} { system = "x86_64-linux"; config = ${config}; overlays = [ ]; })`;
}
