import assert from "node:assert/strict";
import { test } from "node:test";
import { InternalError } from "../../src/errors.ts";
import { printAnswerFile } from "../../src/unattend/print.ts";
import {
  type Component,
  group,
  item,
  keyed,
  keyedItem,
  type Pass,
  passes,
  value,
} from "../../src/unattend/tree.ts";

function component(pass: Pass, name: string): Component {
  return { pass, name, settings: [value("A", true)] };
}

test("passes stand in the order in which Setup goes through them, whatever the order of the components", () => {
  const wanted: readonly Pass[] = [
    "windowsPE",
    "offlineServicing",
    "generalize",
    "specialize",
    "auditSystem",
    "auditUser",
    "oobeSystem",
  ];
  assert.deepEqual(passes, wanted);
  const printed = printAnswerFile(
    "amd64",
    wanted.toReversed().map((pass) => component(pass, "X")),
  );
  assert.deepEqual(
    [...printed.matchAll(/<settings pass="(\w+)">/g)].map(([, pass]) => pass),
    wanted,
  );
});

test("a pass without a component is left out", () => {
  assert.doesNotMatch(printAnswerFile("amd64", [component("specialize", "X")]), /oobeSystem/);
});

test("every kind of setting has its own form, two spaces deeper than what it stands in", () => {
  const settings = [
    value("Plain", 'a < "b" & é'),
    group("Group", value("Number", 3)),
    item("Item", value("Flag", false)),
    keyedItem("KeyedItem", "k&1", value("Flag", true)),
    keyed("Keyed", "2", "text"),
  ];
  const printed = printAnswerFile("arm64", [{ pass: "specialize", name: "X", settings }]);
  const inner = printed.split("\r\n").slice(4, -4);
  assert.deepEqual(inner, [
    "      <Plain>a &lt; &quot;b&quot; &amp; &#xE9;</Plain>",
    "      <Group>",
    "        <Number>3</Number>",
    "      </Group>",
    '      <Item wcm:action="add">',
    "        <Flag>false</Flag>",
    "      </Item>",
    '      <KeyedItem wcm:action="add" wcm:keyValue="k&amp;1">',
    "        <Flag>true</Flag>",
    "      </KeyedItem>",
    '      <Keyed wcm:action="add" wcm:keyValue="2">text</Keyed>',
  ]);
  assert.match(
    printed,
    /<component name="X" processorArchitecture="arm64" publicKeyToken="31bf3856ad364e35"/,
  );
});

test("a component twice in a pass is a mistake of casement's, because Setup takes one of the two", () => {
  const twice = [component("specialize", "X"), component("specialize", "X")];
  assert.throws(() => printAnswerFile("amd64", twice), InternalError);
});
