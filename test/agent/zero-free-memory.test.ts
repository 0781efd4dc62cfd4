import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { renderZeroing, zeroFreeMemory } from "../../src/agent/zero-free-memory.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { makeGuestFolders, settingsFor, startGuest } from "./guest.ts";

/** Says how it was called, and fails where it is asked to. */
const dd = `#!/bin/sh
printf '%s\\n' "$*" >"@root@/dd.log"
[ ! -e "@root@/dd-fails" ]
`;

const rows: readonly { title: string; freeMiB: number; hostType: string; mib: number; fails?: true }[] = [
  { title: "all of it but a thirty-second", freeMiB: 4000, hostType: "x86_64", mib: 3875 },
  { title: "1 GiB at most where a process has 32 bits", freeMiB: 4000, hostType: "i686", mib: 1024 },
  { title: "what there is of less", freeMiB: 640, hostType: "i686", mib: 620 },
  { title: "nothing where hardly any is free", freeMiB: 1, hostType: "x86_64", mib: 0 },
  { title: "nothing where so much is refused", freeMiB: 4000, hostType: "x86_64", mib: 0, fails: true },
];

for (const { title, freeMiB, hostType, mib, fails } of rows) {
  test(`of the free memory is zeroed: ${title}`, async () => {
    await using folders = await makeGuestFolders({ dd });
    if (fails === true) await writeFile(join(folders.root, "dd-fails"), "");
    const meminfo = join(folders.root, "meminfo");
    await writeFile(meminfo, `MemTotal:  9999999 kB\nMemFree:   ${freeMiB * 1024} kB\nSwapFree: 7 kB\n`);
    const script = `HOSTTYPE=${hostType}; ${renderZeroing(meminfo)}`;
    const { stdout, stderr } = spawnSync("bash", ["--norc", "-c", script], {
      encoding: "utf8",
      env: { PATH: `${folders.root}/bin:/usr/bin:/bin` },
    });
    assert.deepEqual({ stdout, stderr }, { stdout: `${mib}\n`, stderr: "" });
  });
}

test("dd's one buffer holds all of it at the same time, and is read to its end", async () => {
  await using folder = await makeTempFolder();
  const meminfo = join(folder.path, "meminfo");
  await writeFile(meminfo, `MemFree:   ${4 * 1024} kB\n`);
  // The real dd, of 3 MiB.
  const { stdout } = spawnSync("bash", ["--norc", "-c", renderZeroing(meminfo)], { encoding: "utf8" });
  assert.equal(stdout, "3\n");
  assert.match(renderZeroing(meminfo), /bs=\$\{mib\}M count=1 iflag=fullblock/);
});

test("a session without drives zeroes it and says how much it was", async () => {
  await using folders = await makeGuestFolders({ dd });
  const path = process.env["PATH"];
  process.env["PATH"] = `${folders.root}/bin:${path}`;
  try {
    await using guest = await startGuest();
    const request = { type: "zero-free-memory", ...guest.login } as const;
    const done = await zeroFreeMemory(request, settingsFor(folders, guest));
    assert.equal(done.exitCode, null);
    assert.match(done.text ?? "", /^\d+$/);
  } finally {
    process.env["PATH"] = path;
  }
});
