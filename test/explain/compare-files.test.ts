import assert from "node:assert/strict";
import { test } from "node:test";
import { compareFiles, compareThrough } from "../../src/explain/compare-files.ts";

const head = '<?xml version="1.0" encoding="utf-8"?>';

function commands(...paths: readonly string[]): string[] {
  const items = paths.flatMap((path, index) => [
    '  <RunSynchronousCommand wcm:action="add">',
    `    <Order>${index + 1}</Order>`,
    `    <Path>${path}</Path>`,
    "  </RunSynchronousCommand>",
  ]);
  return [head, "<RunSynchronous>", ...items, "</RunSynchronous>"];
}

test("a line that is another, one that is gone, and one that comes in", () => {
  const { changes, additions } = compareFiles(
    ["a", "b", "c", "d"],
    ["a", "x", "d", "e"].toSpliced(2, 0, "n"),
  );
  assert.deepEqual(
    [...changes],
    [
      [1, "x"],
      [2, "n"],
    ],
  );
  assert.deepEqual(additions, [4]);
  assert.deepEqual([...compareFiles(["a", "b"], ["a"]).changes], [[1, null]]);
});

test("lines that become more or fewer others become something else", () => {
  assert.deepEqual([...compareFiles(["a", "b", "c"], ["a", "1", "2", "c"]).changes], [[1, undefined]]);
});

test("an item that goes from a list takes its own tags along, and the later ones only change their numbers", () => {
  const { changes } = compareFiles(commands("one", "two", "three"), commands("one", "three"));
  assert.deepEqual(
    [...changes].toSorted(([left], [right]) => left - right),
    [
      [6, null],
      [7, null],
      [8, null],
      [9, null],
      [11, "    <Order>2</Order>"],
    ],
  );
});

test("an item of which one line is another keeps its other lines", () => {
  const { changes } = compareFiles(commands("one", "two"), commands("one", "other"));
  assert.deepEqual([...changes], [[8, "    <Path>other</Path>"]]);
});

test("a component that goes takes its own end tag along, not that of the one before", () => {
  const component = (name: string): string[] => [`<component name="${name}">`, "<A>1</A>", "</component>"];
  const before = [head, ...component("first"), ...component("second"), ...component("third")];
  const after = [head, ...component("first"), ...component("third")];
  assert.deepEqual([...compareFiles(before, after).changes.keys()], [4, 5, 6]);
});

test("a component for another architecture is the same component", () => {
  const before = [head, '<component name="a" processorArchitecture="x86">', "<A>1</A>", "</component>"];
  const after = before.with(1, '<component name="a" processorArchitecture="amd64">');
  assert.deepEqual([...compareFiles(before, after).changes], [[1, after[1]]]);
});

test("what others do on the way is not what happens after them", () => {
  const first = ["a", "b", "c", "d"];
  const second = ["new", "a", "c", "d"];
  const after = ["new", "a", "c", "changed"];
  const changes = compareThrough(first, second, { after, onlySame: false }).changes;
  assert.deepEqual([...changes], [[3, "changed"]]);
});

test("a line that others made another counts where it changes once more, unless only those that stayed are asked for", () => {
  const first = ["a", "b", "c"];
  const second = ["a", "B", "c"];
  const after = ["a", "x", "y"];
  assert.deepEqual(
    [...compareThrough(first, second, { after, onlySame: false }).changes],
    [
      [1, "x"],
      [2, "y"],
    ],
  );
  assert.deepEqual([...compareThrough(first, second, { after, onlySame: true }).changes], [[2, "y"]]);
});
