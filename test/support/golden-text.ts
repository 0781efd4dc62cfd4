import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Compares a text with a file beside the test; UPDATE_GOLDEN=1 writes the file, and the change is reviewed as the product. */
export function assertGolden(url: URL, text: string): void {
  const file = fileURLToPath(url);
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, text);
  assert.equal(text, readFileSync(file, "utf8"), `differs from ${file}; UPDATE_GOLDEN=1 renews it`);
}
