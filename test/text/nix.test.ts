import assert from "node:assert/strict";
import { test } from "node:test";
import { nixAttrName, nixLiteral } from "../../src/text/nix.ts";

// That Nix reads the literals back as the same values is in test/integration/nix-literals.test.ts.
const rows: readonly { value: unknown; literal: string }[] = [
  { value: 'say "hi"', literal: '"say \\"hi\\""' },
  { value: "${x}", literal: '"\\${x}"' },
  { value: "$${x}", literal: '"$\\${x}"' },
  { value: "$5", literal: '"$5"' },
  { value: "''", literal: "\"''\"" },
  { value: "a\r\nb\t\\", literal: '"a\\r\\nb\\t\\\\"' },
  { value: -1, literal: "(-1)" },
  { value: [1, [true, null]], literal: "[ 1 [ true null ] ]" },
  { value: {}, literal: "{ }" },
  { value: { a: 1, "b c": [], if: "x" }, literal: '{ a = 1; "b c" = [ ]; "if" = "x"; }' },
];

test("values become Nix literals", () => {
  for (const row of rows) assert.equal(nixLiteral(row.value), row.literal);
});

test("a NUL is refused, because Nix strings have none", () => {
  assert.throws(() => nixLiteral("a\0"), /Nix: U\+0000 at position 1/);
});

test("what has no literal is an internal error", () => {
  assert.throws(() => nixLiteral(1.5), /only integers/);
  assert.throws(() => nixLiteral(undefined), /type undefined/);
});

test("a name is bare only where Nix allows it", () => {
  assert.deepEqual(["a-b'", "_", "1a", "or", "a.b", ""].map(nixAttrName), [
    "a-b'",
    "_",
    '"1a"',
    '"or"',
    '"a.b"',
    '""',
  ]);
});
