import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { gatherHost } from "../../src/doctor/gather-host.ts";
import { loadKvmFacts } from "../../src/doctor/kvm-hardware.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { nix, settings } from "./sample-facts.ts";

test("memory, groups, CPU and modules are read from where Linux has them", async () => {
  await using root = await makeTempFolder();
  const files = {
    "proc/meminfo": "MemTotal:       16384000 kB\nMemFree: 1 kB\nMemAvailable:    8192000 kB\n",
    "proc/cpuinfo": "processor\t: 0\nflags\t\t: fpu vmx sse2\n\nprocessor\t: 1\nflags\t\t: fpu vmx sse2\n",
    "etc/group": "root:x:0:\nkvm:x:104:me,you\nnixbld:x:30000:nixbld1\n",
    "sys/module/kvm_intel/refcnt": "0",
    "dev/kvm": "",
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root.path, path)), { recursive: true });
    await writeFile(join(root.path, path), text, { mode: 0o660 });
  }
  const host = await gatherHost(undefined, {}, root.path);
  assert.deepEqual(host.memory, { totalMiB: 16_000, availableMiB: 8000 });
  assert.deepEqual(
    host.groups,
    new Map([
      ["root", 0],
      ["kvm", 104],
      ["nixbld", 30_000],
    ]),
  );
  assert.equal(host.storeRoom, null, "without Nix there is no store to look at");
  const { device, cpuFlags, modules } = loadKvmFacts(root.path);
  assert.deepEqual(cpuFlags, ["fpu", "vmx", "sse2"]);
  assert.deepEqual(modules, ["kvm_intel"]);
  assert.equal((device?.mode ?? 0) & 0o777, 0o660 & ~process.umask());
});

test("a machine that tells nothing has nothing", async () => {
  await using root = await makeTempFolder();
  const { memory, groups } = await gatherHost(undefined, {}, root.path);
  assert.equal(memory, null);
  assert.equal(groups.size, 0);
  assert.deepEqual(loadKvmFacts(root.path), { device: undefined, cpuFlags: [], modules: [] });
});

test("builds work where this version, its settings and whoever builds have it", async () => {
  const folderOf = async (change: Partial<typeof nix>): Promise<string | undefined> =>
    (await gatherHost({ ...nix, ...change }, { TMPDIR: "/var/tmp" })).buildRoom?.folder;
  assert.equal(await folderOf({}), "/tmp");
  assert.equal(await folderOf({ storeUrl: "local" }), "/var/tmp");
  assert.equal(await folderOf({ version: "nix (Nix) 2.30.0" }), "/nix/var/nix/builds");
  assert.equal(await folderOf({ settings: { ...settings, buildDir: "/build dir" } }), "/build dir");
});
