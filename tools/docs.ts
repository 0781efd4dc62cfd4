// npm run docs: writes the pages of docs/ that come from the source.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderReleasesPage } from "../src/catalogue/page.ts";
import { renderCommandsPage } from "../src/cli/commands-page.ts";
import { renderSpecPage } from "../src/spec/page.ts";

writeFileSync(join(import.meta.dirname, "../docs/spec.md"), renderSpecPage());
writeFileSync(join(import.meta.dirname, "../docs/releases.md"), renderReleasesPage());
writeFileSync(join(import.meta.dirname, "../docs/commands.md"), renderCommandsPage());
