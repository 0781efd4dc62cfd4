import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { renderFiles } from "../../src/artifacts/render-all.ts";
import { originOf } from "../../src/explain/origin.ts";
import { listExamples } from "../support/examples.ts";
import { exampleBase } from "./bases.ts";

test("every generated file comes from a source that is there", async () => {
  for (const { name } of listExamples()) {
    for (const { path } of renderFiles((await exampleBase(name)).plan)) {
      const origin = originOf(path);
      assert.ok(existsSync(join(import.meta.dirname, "../..", origin)), `${path}: ${origin}`);
      assert.notEqual(origin, "src/artifacts/render-all.ts", path);
    }
  }
});
