import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { defaultLayout } from "../../src/plan/disk.ts";

describe("the layout where a spec gives none", () => {
  const rows = [
    { firmware: "bios", family: "7", layout: ["Primary 500", "Primary rest"] },
    { firmware: "bios", family: "11", layout: ["Primary 500", "Primary rest"] },
    { firmware: "uefi", family: "8.1", layout: ["EFI 260", "MSR 128", "Primary rest"] },
    { firmware: "uefi", family: "10", layout: ["EFI 260", "MSR 16", "Primary rest"] },
    { firmware: "uefi", family: "11", layout: ["EFI 260", "MSR 16", "Primary rest"] },
  ] as const;
  for (const { firmware, family, layout } of rows) {
    test(`${firmware}, ${family}: ${layout.join(", ")}, and Windows goes to the last`, () => {
      const { partitions, installTo } = defaultLayout(firmware, family);
      assert.deepEqual(
        partitions.map(({ type, sizeMB }) => `${type} ${sizeMB ?? "rest"}`),
        layout,
      );
      assert.equal(installTo, partitions.length);
    });
  }
});
