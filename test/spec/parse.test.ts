import assert from "node:assert/strict";
import { test } from "node:test";
import { parseJson, parseYaml } from "../../src/spec/parse.ts";

test("YAML gives values and the lines they stand on", () => {
  const parsed = parseYaml("name: a\nwindows:\n  release: x\n  image:\n    index: 1\nlist:\n  - a\n  - b\n");
  assert.deepEqual(parsed.value, {
    name: "a",
    windows: { release: "x", image: { index: 1 } },
    list: ["a", "b"],
  });
  const lines = [["name"], ["windows", "image", "index"], ["list", 1], ["windows", "missing"], []].map(
    parsed.locate,
  );
  assert.deepEqual(lines, ["line 1", "line 5", "line 8", "line 2", "line 1"]);
});

const broken: readonly { title: string; text: string; message: RegExp }[] = [
  {
    title: "a key given twice",
    text: "a: 1\na: 2\n",
    message: /line 2, column 1: the key a stands here a second time/,
  },
  { title: "a tag", text: "a: !!js/function x\n", message: /line 1, column 4: Unresolved tag/ },
  { title: "a list that does not end", text: "a: [1\n", message: /line 2, column 1: / },
  {
    title: "a second document",
    text: "a: 1\n---\nb: 1\n",
    message: /line 2, column 1: a second document begins/,
  },
  { title: "nesting without end", text: `a: ${"[".repeat(20_000)}`, message: /: .*nested too deeply/ },
  { title: "a tab", text: "a:\n\tb: 1\n", message: /line 2, column 1: Tabs are not allowed/ },
  { title: "an alias that leads nowhere", text: "a: *b\n", message: /b/ },
  {
    title: "aliases that grow without bound",
    text: `a: &a [x, x, x]\nb: &b [${"*a, ".repeat(50)}]\nc: &c [${"*b, ".repeat(50)}]\nd: [${"*c, ".repeat(50)}]\n`,
    message: /Excessive alias count/,
  },
];

for (const row of broken) {
  test(`${row.title} is refused`, () => {
    const issues = parseYaml(row.text).issues.map((issue) => `${issue.path}: ${issue.message}`);
    assert.match(issues.join("\n"), row.message);
  });
}

test("every syntax error of a text is reported", () => {
  assert.equal(parseYaml("a: 1\na: 2\nb: !!x y\n").issues.length, 2);
});

test("JSON gives values and lines, with tabs too", () => {
  const parsed = parseJson('{\n\t"name": "a",\n\t"list": [\n\t\t1\n\t]\n}\n');
  assert.deepEqual(parsed.issues, []);
  assert.deepEqual(parsed.value, { name: "a", list: [1] });
  assert.equal(parsed.locate(["list", 0]), "line 4");
});

test("JSON that is only YAML is refused, and so is a key given twice", () => {
  assert.match(parseJson("{name: a}").issues[0]?.message ?? "", /is not JSON/);
  assert.match(
    parseJson('{"a": 1, "a": 2}').issues[0]?.message ?? "",
    /the key "a" stands here a second time/,
  );
});
