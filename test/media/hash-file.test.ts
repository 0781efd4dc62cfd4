import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { appendFileSync, utimesSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { hashFile } from "../../src/media/hash-file.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const bytes = Buffer.alloc(9 << 20, "casement");

test("a file's hash is that of its bytes, and its progress ends at 1", async () => {
  await using folder = await makeTempFolder();
  const file = join(folder.path, "iso");
  await writeFile(file, bytes);
  const shares: number[] = [];
  assert.equal(
    await hashFile(file, (share) => shares.push(share)),
    createHash("sha256").update(bytes).digest("hex"),
  );
  assert.equal(shares.length, 3);
  assert.equal(shares.at(-1), 1);
});

for (const [title, change] of [
  ["grows", (file: string) => appendFileSync(file, "more")],
  ["gets another time", (file: string) => utimesSync(file, new Date(1000), new Date(1000))],
] as const) {
  test(`a file that ${title} meanwhile is refused`, async () => {
    await using folder = await makeTempFolder();
    const file = join(folder.path, "iso");
    await writeFile(file, bytes);
    await assert.rejects(
      hashFile(file, (share) => {
        if (share < 1) change(file);
      }),
      { name: "ToolError", message: /iso: it changed while it was read/ },
    );
  });
}
