import assert from "node:assert/strict";
import { test } from "node:test";
import { assertFreeSpace, assertPrograms, realHost } from "../../src/runtime/host.ts";

test("reads the free space of a real file system", async () => {
  assert.ok((await realHost.freeBytes("/")) > 0);
});

test("enough room is enough, and a byte less is not", async () => {
  const host = { ...realHost, freeBytes: async () => 1000 };
  await assertFreeSpace(host, { folder: "/x", bytes: 1000, forWhat: "it" });
  await assert.rejects(assertFreeSpace(host, { folder: "/x", bytes: 1001, forWhat: "it" }), {
    message: "free space: /x has 1 MiB left, it needs up to 1 MiB",
    exitCode: 74,
  });
});

test("a program has to be there and to be one", async () => {
  await assertPrograms({ sh: "/bin/sh", optional: undefined });
  await assert.rejects(
    assertPrograms({ qemu: import.meta.filename }),
    /tools.qemu: program .*host.test.ts was not found or may not be run/,
  );
});
