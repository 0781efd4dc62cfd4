import assert from "node:assert/strict";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { checkSession } from "../../src/agent/check-session.ts";
import { describeLoad, summarizeTasks } from "../../src/agent/describe-load.ts";
import { collectReport } from "./collected-report.ts";
import { makeGuestFolders, settingsFor, startGuest } from "./guest.ts";

test("a session that works leaves no connection and no file behind", async () => {
  await using folders = await makeGuestFolders();
  await using guest = await startGuest();
  const report = collectReport();
  const request = { type: "check-session", ...guest.login, desktopSeconds: null } as const;
  assert.deepEqual(await checkSession(request, settingsFor(folders, guest), report), { exitCode: null });
  assert.deepEqual(report.steps, ["banner", "key-exchange", "login", "map-drives", "check", "disconnect"]);
  const run = join(folders.settings.xchg, "run");
  assert.deepEqual((await readdir(run)).toSorted(), ["commands", "desktop"]);
  assert.deepEqual(await readdir(join(folders.settings.xchg)), ["run"]);
  assert.deepEqual(await readdir(folders.settings.layout.outputs), []);
});

test("a store of many names is looked at whole", async () => {
  await using folders = await makeGuestFolders();
  await using guest = await startGuest();
  await Promise.all(
    Array.from({ length: 2000 }, (_, index) => mkdir(join(folders.root, `store/${index}-${"x".repeat(40)}`))),
  );
  const request = { type: "check-session", ...guest.login, desktopSeconds: null } as const;
  await checkSession(request, settingsFor(folders, guest), collectReport());
});

test("a guest in which no run could come to its end fails the check", async () => {
  await using folders = await makeGuestFolders({ mount: "#!/bin/sh\necho broken\nexit 7\n" });
  await using guest = await startGuest();
  const request = { type: "check-session", ...guest.login, desktopSeconds: null } as const;
  await assert.rejects(checkSession(request, settingsFor(folders, guest), collectReport()), {
    step: "execute",
    message: `${folders.root}/store/00000000000000000000000000000000-casement-check could not be mounted: broken`,
  });
});

test("an X: that leads to another folder than ours is found out", async () => {
  await using folders = await makeGuestFolders();
  await using other = await makeGuestFolders();
  await using guest = await startGuest();
  await writeFile(join(other.settings.xchg, "run/check-there"), "stale");
  const settings = {
    ...settingsFor(folders, guest),
    layout: { ...folders.settings.layout, xchg: other.settings.layout.xchg },
  };
  const request = { type: "check-session", ...guest.login, desktopSeconds: null } as const;
  await assert.rejects(checkSession(request, settings, collectReport()), {
    step: "map-drives",
    message: "reading and writing through S: and X: failed",
  });
});

test("drives that stay mapped fail the check, because a freeze would keep their connection", async () => {
  await using folders = await makeGuestFolders();
  await using guest = await startGuest();
  await writeFile(join(folders.root, "delete-fails"), "");
  const request = { type: "check-session", ...guest.login, desktopSeconds: null } as const;
  await assert.rejects(checkSession(request, settingsFor(folders, guest), collectReport()), {
    step: "disconnect",
    message: "S: and X: could not be unmapped",
  });
});

test("the guest's load is its busiest processes first, without the idle one", async () => {
  // No layout here: the login's own PATH has to find tasklist.
  await using folders = await makeGuestFolders();
  const path = process.env["PATH"];
  process.env["PATH"] = `${folders.root}/bin:${path}`;
  try {
    await using guest = await startGuest();
    const { text } = await describeLoad(
      { type: "describe-load", ...guest.login },
      settingsFor(folders, guest),
    );
    assert.equal(
      text,
      "  0:07:31  TiWorker.exe (PID 1204, NT AUTHORITY\\SYSTEM)\n  0:00:02  smss.exe (PID 300, NT AUTHORITY\\SYSTEM)",
    );
  } finally {
    process.env["PATH"] = path;
  }
});

test("a process list of another form is shown as it is, cut to a screenful", () => {
  assert.equal(summarizeTasks("PID TTY\n1 ?\n"), "PID TTY\n1 ?");
  assert.equal(summarizeTasks("x\n".repeat(500)).split("\n").length, 40);
});
