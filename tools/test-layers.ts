// The layers of `npm test`: what each runs, in the order in which they run.
import { globSync } from "node:fs";
import { join, sep } from "node:path";

export interface Layer {
  readonly name: string;
  readonly title: string;
  /** Program and arguments; undefined if the layer has nothing to run. */
  readonly command: readonly string[] | undefined;
}

/** Returns the layers for the repository in this folder. Test files are listed, so that an empty layer is known. */
export function planLayers(root: string): Layer[] {
  const files = globSync("test/**/*.test.ts", { cwd: root }).sort();
  const under = (folder: string) => files.filter((file) => file.startsWith(join("test", folder) + sep));
  const exhaustive = under("exhaustive");
  const integration = under("integration");
  const endToEnd = under("e2e");
  const unit = files.filter((file) => ![...exhaustive, ...integration, ...endToEnd].includes(file));
  return [
    { name: "format", title: "format (biome)", command: ["biome", "format"] },
    { name: "lint", title: "lint (oxlint)", command: ["oxlint", "--type-aware", "--deny-warnings"] },
    { name: "types", title: "types (tsc)", command: ["tsc", "-p", "."] },
    // Node's default is a file per CPU less one, and these wait more than they work.
    { name: "unit", title: "unit tests", command: testRun(unit, ["--test-concurrency=4"]) },
    {
      name: "exhaustive",
      title: "exhaustive tests",
      command: testRun(exhaustive, ["--test-concurrency=2"]),
    },
    // One file at a time: each may start VMs, and two at once on a small machine run into each other's deadlines.
    {
      name: "integration",
      title: "integration tests",
      command: testRun(integration, ["--test-concurrency=1"]),
    },
    { name: "e2e", title: "end-to-end tests", command: testRun(endToEnd, ["--test-concurrency=1"]) },
  ];
}

/** Returns the layers of these names, in their own order; all of them for no names. Throws for an unknown name. */
export function selectLayers(layers: readonly Layer[], names: readonly string[]): Layer[] {
  const known = layers.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Error(`npm test: unknown layer, got '${unknown}'; allowed: ${known.join(", ")}`);
  return layers.filter(({ name }) => names.length === 0 || names.includes(name));
}

function testRun(files: readonly string[], options: readonly string[]): readonly string[] | undefined {
  // "spec" also where the output is no terminal: Node's default there is TAP-like and hides a failure's place.
  return files.length === 0 ? undefined : ["node", "--test", "--test-reporter=spec", ...options, ...files];
}
