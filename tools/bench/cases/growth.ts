import { describeMachine, loadNow } from "../about.ts";
import type { BenchContext } from "../context.ts";
import type { Parts } from "../machines.ts";
import type { Plot } from "../plots/plot.ts";
import { captionOf, saveFigures } from "../plots/save.ts";
import type { Project } from "../project.ts";
import type { Row } from "../row.ts";
import { benchGrowingLayers } from "./growth-layers.ts";
import { benchOverDirty, benchOverRam } from "./growth-machines.ts";
import { benchGrowingPackages } from "./growth-packages.ts";

/** Pictures by their names, and the lines of the table that go with them. */
export interface Growth {
  /** What ran, where a guest did. */
  readonly guest?: Parts;
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
    () => benchOverRam(context, parts),
    () => benchOverDirty(context, parts),
  ]) {
    const before = loadNow();
    const grown = await bench();
    rows.push(...grown.rows);
    if (folder === undefined) continue;
    const measured = captionOf(await describeMachine(grown.guest, before));
    const figures: Record<string, Plot> = {};
    for (const [name, plot] of Object.entries(grown.plots)) figures[name] = { ...plot, measured };
    // After each, so that what was measured is not lost with what fails later.
    await saveFigures(folder, figures);
  }
  return rows;
}
