import assert from "node:assert/strict";
import { test } from "node:test";
import { checkSpec } from "../../src/spec/check.ts";
import { showPath } from "../../src/spec/show.ts";

/** One test of a table: a part of the field `windows` (and of the rest of the spec), and every fault that it gives. */
export interface FaultRow {
  readonly title: string;
  readonly windows?: object;
  readonly rest?: object;
  readonly faults: readonly string[];
}

/** Every fault of a document as `path: message (hint)`. */
export function faultsOf(document: unknown): string[] {
  return checkSpec(document).faults.map(
    ({ path, message, hint }) => `${showPath(path)}: ${message}${hint === undefined ? "" : ` (${hint})`}`,
  );
}

/** Registers a test for each row; the release is Windows 10 where the row names none. */
export function testFaults(rows: readonly FaultRow[]): void {
  for (const { title, windows, rest, faults } of rows) {
    test(`${title} ${faults.length === 0 ? "is taken" : "is refused"}`, () => {
      const document = { name: "hello", windows: { release: "windows-10-22h2", ...windows }, ...rest };
      assert.deepEqual(faultsOf(document), faults);
    });
  }
}
