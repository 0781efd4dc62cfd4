import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { buildTree, checkPaths, type TreeNode } from "../../src/floppy/tree.ts";

function outline(node: TreeNode): unknown {
  return node.kind === "file" ? node.name : { [node.name]: node.children.map(outline) };
}

describe("buildTree", () => {
  test("sorts every folder by UTF-16 units, whatever the order of the files", () => {
    const paths = ["b/Z", "a", "b/a/x", "ä", "B2", "b/é"];
    const expected = { "": ["B2", "a", { b: ["Z", { a: ["x"] }, "é"] }, "ä"] };
    for (const order of [paths, [...paths].reverse()]) {
      const files = order.map((path) => ({ path, content: new Uint8Array() }));
      assert.deepEqual(outline(buildTree(files)), expected);
    }
  });
});

describe("checkPaths", () => {
  test("files of one name in different folders are fine", () => {
    assert.deepEqual(checkPaths(["a/x", "b/x", "x", "a/b/x"]), []);
  });

  const bad: readonly (readonly [what: string, paths: readonly string[], issue: RegExp])[] = [
    ["a path given twice", ["a/b", "a/b"], /^file "a\/b": given twice; keep one of them$/],
    [
      "two files that differ by case",
      ["Setup.exe", "setup.EXE"],
      /^file "setup\.EXE": "setup\.EXE" is the same file as "Setup\.exe" to FAT, which ignores case .*; rename one$/,
    ],
    [
      "two spellings of one folder",
      ["Dir/a", "dir/b"],
      /^file "dir\/b": "dir" is the same folder as "Dir" to FAT, .* \(the other stands in "Dir\/a"\); spell it one way$/,
    ],
    [
      "a file that is also a folder",
      ["a", "a/b"],
      /^file "a\/b": "a" is a folder here and a file in "a"; FAT ignores case and has one of the two; rename one$/,
    ],
    [
      "a folder that is also a file, but for case",
      ["a", "A/b"],
      /^file "a": "a" is a file here and a folder in "A\/b"/,
    ],
    ["two names that differ by the case of an umlaut", ["ä", "Ä"], /is the same file as/],
  ];
  for (const [what, paths, issue] of bad) {
    test(`${what} is refused once, in words`, () => {
      for (const order of [paths, [...paths].reverse()]) {
        const issues = checkPaths(order);
        assert.equal(issues.length, 1, issues.join("\n") || "no issue");
        assert.match(issues[0] ?? "", issue);
      }
    });
  }

  test("every fault of every path is listed", () => {
    assert.equal(checkPaths(["a:", "nul", "x", "X", "y/", "good"]).length, 4);
  });
});
