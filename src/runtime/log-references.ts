import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Takes the hashes out of all store paths in the logs of a folder, as nixpkgs' nuke-refs does it; names stay. QEMU's command line
 * names media, disk and memory: what holds a log would keep them in the store, and take the install ISO along to every cache.
 */
export async function dropReferences(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!/\.(log|txt|json|jsonl|command|stderr)$/.test(name)) continue;
    const file = join(folder, name);
    const text = await readFile(file, "latin1");
    const dropped = text.replaceAll(/(\/nix\/store\/)[0-9a-df-np-sv-z]{32}(?=-)/g, `$1${"e".repeat(32)}`);
    if (dropped !== text) await writeFile(file, dropped, "latin1");
  }
}
