import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Artifact } from "../../../src/artifacts/artifact.ts";
import { generated } from "../../../src/contract/filenames.ts";
import type { Wine } from "./wine.ts";

/** Makes drive D: the bootstrap medium: the artifacts, and keys as the image derivation adds them. */
export async function layMedium(wine: Wine, medium: readonly Artifact[]): Promise<void> {
  for (const name of ["casement", "files"])
    await rm(join(wine.driveD, name), { recursive: true, force: true });
  for (const { path, content } of medium) {
    const file = join(wine.driveD, path.slice(generated.bootstrapFolder.length + 1));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  await mkdir(join(wine.driveD, "keys"), { recursive: true });
  for (const name of ["ssh_host_ed25519_key", "ssh_host_ed25519_key.pub", "authorized_keys"]) {
    await writeFile(join(wine.driveD, "keys", name), `${name}\n`);
  }
}

/** C:\casement as the first logon leaves it, with the state machine at a stage. */
export async function layScripts(wine: Wine, medium: readonly Artifact[], stage?: string): Promise<void> {
  const folder = join(wine.driveC, "casement");
  await mkdir(join(folder, "log"), { recursive: true });
  for (const { path, content } of medium) {
    const name = path.split("/").at(-1) ?? "";
    if (path.includes("/casement/")) await writeFile(join(folder, name), content);
  }
  if (stage !== undefined) await writeFile(join(folder, "stage.txt"), `${stage}\r\n`);
}
