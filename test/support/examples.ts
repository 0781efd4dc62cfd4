import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Artifact } from "../../src/artifacts/artifact.ts";
import { renderAll } from "../../src/artifacts/render-all.ts";
import { defaultSpecs } from "../../src/cli/places.ts";
import { gatherInputs } from "../../src/inputs/gather.ts";
import { readSources } from "../../src/inputs/sources.ts";
import { buildPlan } from "../../src/plan/build-plan.ts";
import { loadSpec } from "../../src/spec/load.ts";

const repository = join(import.meta.dirname, "../..");

/** An example of the repository: a folder with a spec, and the folder that holds what it generates. */
export interface Example {
  readonly name: string;
  readonly spec: string;
  readonly golden: string;
}

/** Every folder of examples/; one without a spec is an error, so that none is forgotten. */
export function listExamples(): Example[] {
  const root = join(repository, "examples");
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const spec = readdirSync(join(root, name)).find((file) =>
        (defaultSpecs as readonly string[]).includes(file),
      );
      if (spec === undefined) throw new Error(`examples/${name} has no spec (${defaultSpecs.join(", ")})`);
      return { name, spec: join(root, name, spec), golden: join(repository, "test/golden", name) };
    });
}

/** What an example generates. Its spec has to give the password: a golden tree cannot hold a random one. */
export async function renderExample(example: Example): Promise<Artifact[]> {
  const spec = await loadSpec(example.spec);
  if (spec.account.password === undefined)
    throw new Error(`examples/${example.name} has to give account.password`);
  const sources = await readSources(spec, example.spec);
  if (!("files" in sources)) throw new Error(`examples/${example.name} names files that cannot be read`);
  return renderAll(buildPlan(spec, gatherInputs(spec, undefined, sources.files)));
}
