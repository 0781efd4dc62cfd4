import assert from "node:assert/strict";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../src/process/run.ts";
import { makeSmallArchive, writeArchive } from "../cygwin/small-archive.ts";
import { repository } from "./nix-tool.ts";

const main = join(repository, "src/cli/main.ts");

/** A folder as `nix flake init` leaves it, and generated. */
export async function startFromTemplate(folder: string): Promise<void> {
  cpSync(join(repository, "templates/flake"), folder, { recursive: true });
  await generate(folder);
}

/** Names an ISO in the spec (no file of that hash exists) and locks a Cygwin, so that all of the starter evaluates. */
export async function completeStarter(folder: string): Promise<void> {
  edit(join(folder, "casement.yaml"), (text) =>
    text.replaceAll(/^  # (?=iso:|  name|  sha256)/gm, "  ").replace("sha256-…", "a".repeat(64)),
  );
  await lock(folder);
  await generate(folder);
}

/** Runs `casement generate` on the folder's spec. */
export async function generate(folder: string): Promise<void> {
  await run({ file: process.execPath, args: [main, "generate", join(folder, "casement.yaml")] });
}

/** Changes a file; fails if it is already so. */
export function edit(file: string, change: (text: string) => string): void {
  const old = readFileSync(file, "utf8");
  const text = change(old);
  assert.notEqual(text, old, `${file} is not as this test expects it`);
  writeFileSync(file, text);
}

/** Made-up packages at an address that is never asked, because nothing is built. */
async function lock(folder: string): Promise<void> {
  const mirror = join(folder, "mirror");
  writeArchive(makeSmallArchive(), mirror);
  const list = `--setup-ini=${join(mirror, "x86_64/setup.ini")}`;
  const program = `--setup-program=${join(mirror, "setup-x86_64.exe")}`;
  const spec = join(folder, "casement.yaml");
  await run({
    file: process.execPath,
    args: [main, "lock", spec, "--archive=http://127.0.0.1:1", list, program],
  });
  edit(join(folder, "cygwin.lock.json"), (text) =>
    text.replace(/("setup": \{\s+"url": )null/, '$1"http://127.0.0.1:1/setup-x86_64.exe"'),
  );
  rmSync(mirror, { recursive: true });
}
