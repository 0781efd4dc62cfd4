import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { About } from "../about.ts";
import { writePlots } from "./draw.ts";

/** Writes figures, each into a file of its own name, and draws all that are in the folder. */
export async function saveFigures(folder: string, figures: Readonly<Record<string, unknown>>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, value] of Object.entries(figures))
    await writeFile(join(folder, `${name}.json`), `${JSON.stringify(value, null, 2)}\n`);
  writePlots(folder);
}

/** What a picture says of how it was measured. */
export function captionOf(about: About): string[] {
  const { guest, accelerator, qemu, node, cpus, memoryGB, load } = about;
  const what =
    guest === "none" ? "" : `${guest}, which is no Windows; accelerator ${accelerator}, QEMU ${qemu}; `;
  const day = new Date().toISOString().slice(0, 10);
  return [
    `${what}Node ${node}; ${cpus} CPUs, ${memoryGB} GB`,
    `${day}, load ${load.before} before and ${load.after} after; medians, whiskers from minimum to maximum`,
  ];
}
