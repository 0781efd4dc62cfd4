import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describeMachine, loadNow } from "../about.ts";
import type { BenchContext } from "../context.ts";
import type { Parts } from "../machines.ts";
import type { Project } from "../project.ts";
import { writePlots } from "../plots/draw.ts";
import { type Plot, renderPlotJson } from "../plots/plot.ts";
import type { Row } from "../row.ts";
import { benchGrowingLayers } from "./growth-layers.ts";
import { benchGrowingMachines } from "./growth-machines.ts";
import { benchGrowingPackages } from "./growth-packages.ts";

/** Pictures by their names, and the lines of the table that go with them. */
export interface Growth {
  readonly rows: readonly Row[];
  readonly plots: Readonly<Record<string, Plot>>;
}

/** How everything grows: with memory and what is used of it, with packages, with layers. Draws the pictures where a folder is named. */
export async function benchGrowth(
  context: BenchContext,
  { parts, project }: { readonly parts: Parts; readonly project: Project },
  folder: string | undefined,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const bench of [
    () => benchGrowingPackages(context),
    () => benchGrowingLayers(context, project),
    () => benchGrowingMachines(context, parts),
  ]) {
    const before = loadNow();
    const grown = await bench();
    rows.push(...grown.rows);
    if (folder === undefined) continue;
    const about = await describeMachine(parts, before);
    const measured = [
      `${about.guest}, which is no Windows; accelerator ${about.accelerator}, QEMU ${about.qemu}, Node ${about.node}`,
      `${new Date().toISOString().slice(0, 10)}, ${about.cpus} CPUs, ${about.memoryGB} GB, load ${about.load.before} before and ${about.load.after} after; medians of ${context.runs}, minimum to maximum`,
    ];
    await mkdir(folder, { recursive: true });
    for (const [name, plot] of Object.entries(grown.plots))
      await writeFile(join(folder, `${name}.json`), renderPlotJson({ ...plot, measured }));
    // Drawn after each, so that what was measured is not lost with what fails later.
    writePlots(folder);
  }
  return rows;
}
