import assert from "node:assert/strict";
import { test } from "node:test";
import { postinstallOrder } from "../../../src/stand-in/cygwin/postinstall-order.ts";

test("a package's script runs after those of what it needs, between the permanent ones", () => {
  const unpacked = ["zp_last.sh", "cygwin.sh", "0p_first.dash", "bash.sh", "a-later-package.sh", "notes.txt"];
  assert.deepEqual(postinstallOrder(unpacked), [
    { name: "0p_first.dash", permanent: true },
    { name: "cygwin.sh", permanent: false },
    { name: "bash.sh", permanent: false },
    { name: "a-later-package.sh", permanent: false },
    { name: "zp_last.sh", permanent: true },
  ]);
});
