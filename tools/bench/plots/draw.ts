import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { concurrencyFigures, concurrencyPlots } from "./concurrency.ts";
import { plotSchema } from "./plot.ts";
import { renderPlotSvg } from "./plot-svg.ts";

/** Where the pictures of docs/benchmark.md and their figures stand. */
export const plotsFolder = join(import.meta.dirname, "../../../docs/plots");

/** The pictures of a folder's figures, file name -> text. Throws for a file that holds none. */
export function drawPlots(folder: string): ReadonlyMap<string, string> {
  const drawn = new Map<string, string>();
  for (const file of globSync("*.json", { cwd: folder }).toSorted()) {
    const value: unknown = JSON.parse(readFileSync(join(folder, file), "utf8"));
    const name = basename(file, ".json");
    if (name === "concurrency") {
      for (const [part, plot] of Object.entries(concurrencyPlots(concurrencyFigures.parse(value))))
        drawn.set(`${part}.svg`, renderPlotSvg(plot));
    } else drawn.set(`${name}.svg`, renderPlotSvg(plotSchema.parse(value)));
  }
  return drawn;
}

/** Draws the figures of a folder anew; a folder that is not there has none. */
export function writePlots(folder: string): void {
  if (!existsSync(folder)) return;
  for (const [file, svg] of drawPlots(folder)) writeFileSync(join(folder, file), svg);
}
