import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { resolveWanted } from "../../src/cli/wanted-folder.ts";
import { printLock } from "../../src/cygwin/lock/lock-file.ts";
import { writeArtifacts } from "../../src/writer/write.ts";
import { madeUpLock } from "../cygwin/made-up-lock.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const wanted = [
  "cygrunsrv",
  "openssh",
  "tar",
  ...Array.from({ length: 200 }, (_, index) => `package-${index}`),
];

// Here, because nothing runs beside an integration test. Quadratic time would be sixteen times as much.
test("a spec with 200 packages takes about four times the time for four times what these need", async () => {
  await using folder = await makeTempFolder();
  const [small, large] = [2000, 8000];
  for (const count of [small, large]) await writeProject(join(folder.path, `${count}`), count);
  let growth = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 4 && growth >= 8; attempt++)
    growth = (await bestTime(folder.path, large)) / (await bestTime(folder.path, small));
  assert.ok(growth < 8, `${growth} times`);
  assert.ok(growth > 1.2, `${growth} times: the lock was not read`);
});

async function writeProject(folder: string, count: number): Promise<void> {
  await mkdir(folder);
  const spec = {
    name: "growth",
    windows: { release: "windows-10-22h2" },
    account: { password: "Casement-Demo-1" },
    cygwin: { packages: wanted },
  };
  await writeFile(join(folder, "casement.json"), JSON.stringify(spec));
  await writeFile(join(folder, "cygwin.lock.json"), printLock(madeUpLock(count, wanted)));
}

/** Processor time in ms of spec to written folder, so that other work on the machine does not count. */
async function bestTime(folder: string, count: number): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let time = 0; time < 5; time++) {
    const places = {
      spec: join(folder, `${count}`, "casement.json"),
      outDir: join(folder, `${count}`, `out-${crypto.randomUUID()}`),
    };
    const started = process.cpuUsage();
    const { artifacts, settings } = await resolveWanted(places, "0");
    const { written } = await writeArtifacts(artifacts, places.outDir, { ...settings, force: false });
    const { user, system } = process.cpuUsage(started);
    assert.ok(written.includes("cygwin/setup.ini"));
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}
