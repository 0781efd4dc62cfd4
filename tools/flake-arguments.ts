import { join } from "node:path";

/**
 * What a flake that imports casement needs on the command line to use this clone: the clone in the place of its input, and
 * on a machine without nixpkgs the host's own tools in the place of nixpkgs. Nothing is fetched and no lock file is written.
 */
export function packageSetArguments(repository: string): readonly string[] {
  const clone = ["--no-write-lock-file", "--override-input", "casement", `git+file://${repository}`];
  if (process.env["CASEMENT_PACKAGE_SET"] !== "host") return clone;
  return [
    ...clone,
    "--offline",
    "--override-input",
    "casement/nixpkgs",
    `path:${join(repository, ".tools/host-tools")}`,
  ];
}
