// The builder of every stage. Nix hands over structured attributes as one JSON file; the runtime wants its configuration
// in a file of its own, with what only the build knows: where the outputs go, and which files hold the script and, for a
// builder with structured attributes, these. The working folder is Nix's own.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const { NIX_BUILD_TOP: top, NIX_ATTRS_JSON_FILE: json, NIX_ATTRS_SH_FILE: sh } = process.env;
const { casement, outputs } = JSON.parse(readFileSync(json, "utf8"));
const { stageConfig, script, structuredAttributes, runtime } = casement;

stageConfig.outputs = outputs;
if (script !== undefined) {
  stageConfig.command.script = join(top, "script");
  stageConfig.command.attributes = structuredAttributes ? { json, sh } : null;
  writeFileSync(stageConfig.command.script, script);
}
const configFile = join(top, "stage.json");
writeFileSync(configFile, JSON.stringify(stageConfig));

process.argv.splice(1, process.argv.length, runtime, configFile);
await import(runtime);
