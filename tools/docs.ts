// npm run docs: writes the pages of docs/ that come from the source.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderSpecPage } from "../src/spec/page.ts";

writeFileSync(join(import.meta.dirname, "../docs/spec.md"), renderSpecPage());
