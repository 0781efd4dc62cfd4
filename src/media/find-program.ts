import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { ToolError } from "../errors.ts";

/** Absolute path of the first of these programs that a PATH has, or undefined. */
export function findProgram(names: readonly string[], path: string | undefined): string | undefined {
  const folders = (path ?? "").split(delimiter).filter((folder) => folder.startsWith("/"));
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/** 7-Zip's program. Throws ToolError with how to get it. */
export function findSevenZip(path: string | undefined): string {
  const found = findProgram(["7zz", "7z"], path);
  if (found !== undefined) return found;
  throw new ToolError("7-Zip (7zz or 7z) was not found on PATH; it reads what is on an ISO", {
    hint: "Debian and Ubuntu: apt install 7zip. Fedora: dnf install 7zip. Nix: nix shell nixpkgs#_7zz",
  });
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
