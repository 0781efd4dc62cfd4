// The builder of every stage. Nix hands over structured attributes as one JSON file; the runtime wants its configuration
// in a file of its own, the script in another, and the outputs in the environment. The working folder is Nix's own.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const top = process.env.NIX_BUILD_TOP;
const { stageConfig, script, outputs, runtime } = JSON.parse(readFileSync(process.env.NIX_ATTRS_JSON_FILE, "utf8"));

if (script !== undefined) {
  stageConfig.command.script = join(top, "script");
  writeFileSync(stageConfig.command.script, script);
}
const configFile = join(top, "stage.json");
writeFileSync(configFile, JSON.stringify(stageConfig));

Object.assign(process.env, outputs);
process.argv.splice(1, process.argv.length, runtime, configFile);
await import(runtime);
