import assert from "node:assert/strict";
import { test } from "node:test";
import { createAnswerReader } from "../../src/import/answer-reader.ts";
import { settle } from "../../src/import/settle.ts";
import type { SpecInput } from "../../src/spec/schema.ts";

const shell = "Microsoft-Windows-Shell-Setup";

async function settled(windows: Omit<SpecInput["windows"], "release">) {
  const reader = createAnswerReader({ name: "unattend", attributes: {}, children: [], text: "" });
  const spec = await settle({ name: "x", windows: { release: "windows-7", ...windows } }, reader);
  return { windows: spec.windows, leftovers: reader.leftovers };
}

test("an item with two faults is taken out once, and its neighbour stays", async () => {
  const { windows, leftovers } = await settled({
    accounts: [
      { name: "a/b", password: "*" },
      { name: "guest2", password: "Guest-2" },
    ],
    extraSettings: [
      { component: shell, pass: "windowsPE", path: "Unknown", value: true },
      { component: shell, pass: "specialize", path: "CopyProfile", value: true },
    ],
  });
  assert.deepEqual(
    windows.accounts?.map(({ name }) => name),
    ["guest2"],
  );
  assert.deepEqual(
    windows.extraSettings?.map(({ path }) => path),
    ["CopyProfile"],
  );
  assert.equal(leftovers.length, 2);
  assert.match(leftovers.map(({ why }) => why).join("\n"), /got "a\/b"; .*got "\*"/);
});

test("what the answer file's own check refuses is taken out, as generate would refuse it", async () => {
  const { windows, leftovers } = await settled({
    extraSettings: [
      { component: shell, pass: "oobeSystem", path: "OOBE/SkipUserOOBE", value: true },
      { component: shell, pass: "oobeSystem", path: "OOBE/HideOnlineAccountScreens", value: true },
      { component: shell, pass: "oobeSystem", path: "ShowWindowsLive", value: false },
    ],
  });
  assert.deepEqual(
    windows.extraSettings?.map(({ path }) => path),
    ["ShowWindowsLive"],
  );
  assert.deepEqual(leftovers.map(({ place }) => place).toSorted(), [
    `oobeSystem/${shell}/OOBE/HideOnlineAccountScreens`,
    `oobeSystem/${shell}/OOBE/SkipUserOOBE`,
  ]);
});
