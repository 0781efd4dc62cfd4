import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { askForPower } from "../../src/agent/power.ts";
import type { StepError } from "../../src/agent/step-error.ts";
import { makeGuestFolders, settingsFor, startGuest } from "./guest.ts";

for (const [action, options] of [
  ["restart", "-r -t 3 -f"],
  ["shut-down", "-s -t 3 -f"],
] as const) {
  test(`${action}: Windows' own program is called, and the login ends`, async () => {
    await using folders = await makeGuestFolders({ cmd: '#!/bin/sh\nprintf "%s\\n" "$*" >@root@/called\n' });
    await using guest = await startGuest({ path: join(folders.root, "bin") });
    assert.deepEqual(
      await askForPower({ type: "power", action, ...guest.login }, settingsFor(folders, guest)),
      { exitCode: null },
    );
    const called = await readFile(join(folders.root, "called"), "utf8");
    assert.equal(called, `/d /c %SystemRoot%\\System32\\shutdown.exe ${options}\n`);
  });
}

test("a refusal without end is cut", async () => {
  await using folders = await makeGuestFolders({ cmd: "#!/bin/sh\nyes | head -c 100000\nexit 5\n" });
  await using guest = await startGuest({ path: join(folders.root, "bin") });
  await assert.rejects(
    askForPower({ type: "power", action: "restart", ...guest.login }, settingsFor(folders, guest)),
    (error: StepError) => {
      assert.ok((error.observation ?? "").length < 5000);
      assert.match(error.observation ?? "", /\ny\nthe session ended with status 5$/);
      return true;
    },
  );
});

test("a refusal is a failure, with what was said", async () => {
  await using folders = await makeGuestFolders({ cmd: "#!/bin/sh\necho 'Access is denied.(5)'\nexit 5\n" });
  await using guest = await startGuest({ path: join(folders.root, "bin") });
  await assert.rejects(
    askForPower({ type: "power", action: "shut-down", ...guest.login }, settingsFor(folders, guest)),
    (error: StepError) => {
      assert.equal(error.message, "the guest refused to shut down");
      assert.match(error.observation ?? "", /Access is denied\.\(5\)\nthe session ended with status 5/);
      return true;
    },
  );
});
