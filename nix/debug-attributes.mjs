// The builder of debug-attributes.nix: $out/json and $out/sh.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

const { NIX_ATTRS_JSON_FILE, NIX_ATTRS_SH_FILE } = process.env;
const { outputs, casementOutputs, placeholders, ...attributes } = JSON.parse(readFileSync(NIX_ATTRS_JSON_FILE, "utf8"));

/** Nix knows the placeholder of `out` only, which is this derivation's own here. */
function withOutputs(text) {
  let result = text.replaceAll(outputs.out, casementOutputs.out ?? outputs.out);
  for (const [name, path] of Object.entries(casementOutputs)) result = result.replaceAll(placeholders[name], path);
  return result;
}

mkdirSync(outputs.out);
writeFileSync(`${outputs.out}/json`, withOutputs(JSON.stringify({ ...attributes, outputs: casementOutputs })));
const declared = Object.entries(casementOutputs)
  .map(([name, path]) => `['${name}']='${path}'`)
  .join(" ");
const shell = readFileSync(NIX_ATTRS_SH_FILE, "utf8")
  .split("\n")
  .filter((line) => !/^declare -A (outputs|casementOutputs|placeholders)=/.test(line))
  .join("\n");
writeFileSync(`${outputs.out}/sh`, withOutputs(`${shell}\ndeclare -A outputs=(${declared} )\n`));
