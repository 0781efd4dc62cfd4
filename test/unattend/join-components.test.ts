import assert from "node:assert/strict";
import { test } from "node:test";
import { joinComponents } from "../../src/unattend/join-components.ts";
import { type Component, group, item, type Setting, value } from "../../src/unattend/tree.ts";

function piece(name: string, ...settings: Setting[]): Component {
  return { pass: "specialize", name, settings };
}

test("a component stands once in its pass, with the settings of all its pieces in their order", () => {
  const joined = joinComponents([
    piece("B", value("z", 1)),
    piece("A", value("x", 1)),
    piece("B", value("y", 2)),
  ]);
  assert.deepEqual(joined, [piece("A", value("x", 1)), piece("B", value("z", 1), value("y", 2))]);
});

test("a component of two passes stays two", () => {
  const other: Component = { pass: "oobeSystem", name: "A", settings: [value("x", 1)] };
  assert.equal(joinComponents([piece("A", value("x", 1)), other]).length, 2);
});

test("groups of the same name become one at every depth, and items of a list stay what they are", () => {
  const one = group("Outer", group("Inner", value("a", 1)), item("Item", value("n", 1)));
  const two = group("Outer", group("Inner", value("b", 2)), item("Item", value("n", 2)));
  assert.deepEqual(joinComponents([piece("A", one), piece("A", two)]), [
    piece(
      "A",
      group(
        "Outer",
        group("Inner", value("a", 1), value("b", 2)),
        item("Item", value("n", 1)),
        item("Item", value("n", 2)),
      ),
    ),
  ]);
});
