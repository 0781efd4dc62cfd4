import assert from "node:assert/strict";
import type { Artifact } from "../../src/artifacts/artifact.ts";
import { renderAll } from "../../src/artifacts/render-all.ts";
import { buildPlan } from "../../src/plan/build-plan.ts";
import { checkSpec } from "../../src/spec/check.ts";

/** What a document becomes; undefined where it is no valid spec. */
export function render(document: unknown): Artifact[] | undefined {
  const checked = checkSpec(document);
  if (!("spec" in checked)) return undefined;
  const sources = checked.spec.windows.files.map(({ source }) => source ?? "");
  const files = new Map(sources.map((source) => [source, Buffer.from(`content of ${source}`)]));
  return renderAll(buildPlan(checked.spec, { password: "Made-1", files }));
}

/** The text of the artifact at a path. */
export function textOf(artifacts: readonly Artifact[], path: string): string {
  const content = artifacts.find((artifact) => artifact.path === path)?.content;
  assert.ok(typeof content === "string", path);
  return content;
}
