import { mkdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { SpecError, ToolError } from "../../errors.ts";
import { findSevenZip } from "../../media/find-program.ts";
import { hashFile } from "../../media/hash-file.ts";
import { inspectMedium } from "../../media/inspect.ts";
import { addToStore, findNix, keepInStore } from "../../media/nix-store.ts";
import type { Invocation } from "../invocation.ts";
import { mediumLines } from "../medium-lines.ts";
import { proposeReleases } from "../propose-release.ts";
import { remark, reportText } from "../report.ts";

/** Where links to added media stand, relative to the folder that one works in. */
const rootFolder = ".casement";

/**
 * Hashes and inspects an ISO, adds it to the Nix store with a link that keeps it there, and prints the spec's lines. Where
 * there is no Nix the lines are printed all the same, and a ToolError says what is left to do.
 */
export async function addIso(
  options: { readonly iso: string; readonly name?: string; readonly gcRoot?: string },
  invocation: Invocation,
): Promise<void> {
  const path = resolve(invocation.cwd, options.iso);
  const name = options.name ?? storeName(path);
  assertName(name);
  const medium = await inspectMedium(path, findSevenZip(invocation.env["PATH"]));
  const sha256 = await hashFile(path, showProgress(name));
  const lines = mediumLines({
    medium,
    proposals: proposeReleases(medium, basename(path)),
    iso: { name, sha256 },
    today: new Date(),
  });
  const programs = findNix(invocation.env["PATH"]);
  if (programs !== undefined) {
    const link = join(resolve(invocation.cwd, options.gcRoot ?? rootFolder), name);
    const storePath = await addToStore(programs, { path, name, sha256 });
    await mkdir(resolve(link, ".."), { recursive: true });
    await keepInStore(programs, storePath, link);
    remark(`${storePath}; ${link} keeps it in the store (add ${rootFolder}/ to .gitignore)`);
  }
  reportText(lines);
  if (programs === undefined) throw withoutNix(path, name);
}

// Names in the store have no spaces or brackets, as downloads have.
function storeName(path: string): string {
  const name = basename(path)
    .replace(/\.iso$/i, "")
    .replace(/[^A-Za-z0-9._+-]+/g, "-")
    .replace(/^[^A-Za-z0-9]+/, "");
  return `${name.slice(0, 196)}.iso`;
}

function assertName(name: string): void {
  if (/^[A-Za-z0-9][A-Za-z0-9._+-]{0,195}\.iso$/i.test(name)) return;
  const message = `has to be a file name of letters, digits and . _ + - that ends in .iso (a letter or digit first, 200 at most), got ${JSON.stringify(name)}`;
  throw new SpecError("casement media add", [{ path: "--name", message }]);
}

/** At most a line every two seconds; small files end before the first. */
function showProgress(name: string): (share: number) => void {
  let last = performance.now();
  return (share) => {
    if (performance.now() - last < 2000) return;
    last = performance.now();
    remark(`${name}: hashed ${Math.floor(share * 100)} %`);
  };
}

function withoutNix(path: string, name: string): ToolError {
  const file = basename(path) === name ? path : `${name} (a copy or link of ${path} under this name)`;
  return new ToolError("the ISO is not in the Nix store: nix was not found on PATH", {
    hint: `Where Nix is: nix-store --add-fixed sha256 ${file}`,
  });
}
