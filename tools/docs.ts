// npm run docs: writes the pages of docs/ that come from the source, and draws the benchmark's figures.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderReleasesPage } from "../src/catalogue/page.ts";
import { renderCommandsPage } from "../src/cli/commands-page.ts";
import { renderSpecPage } from "../src/spec/page.ts";
import { plotsFolder, writePlots } from "./bench/plots/draw.ts";

writeFileSync(join(import.meta.dirname, "../docs/spec.md"), renderSpecPage());
writeFileSync(join(import.meta.dirname, "../docs/releases.md"), renderReleasesPage());
writeFileSync(join(import.meta.dirname, "../docs/commands.md"), renderCommandsPage());
writePlots(plotsFolder);
