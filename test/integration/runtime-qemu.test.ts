import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { Hardware } from "../../src/contract/machine.ts";
import { run } from "../../src/process/run.ts";
import { startGuest } from "../../src/runtime/guest.ts";
import { createLog } from "../../src/runtime/log.ts";
import type { GuestRole } from "../../src/runtime/qemu/command.ts";
import { freeze, loadDeviceState } from "../../src/runtime/qemu/freeze.ts";
import { readDriveBytes, readGuestClock, readVcpuMs } from "../../src/runtime/qemu/measures.ts";
import { createVitals } from "../../src/runtime/vitals.ts";
import { startSwitch } from "../../src/runtime/vde/switch.ts";
import { openWorkspace } from "../../src/runtime/workspace.ts";
import { hardware } from "../runtime/stage-fixture.ts";
import { findProgram, ovmf, skipWithout, skipWithoutOvmf } from "../support/external-tools.ts";
import { assertGone } from "../support/processes.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const skip = skipWithout(["qemu-system-x86_64", "qemu-img", "vde_switch"]);
const aavmf = { code: "/usr/share/AAVMF/AAVMF_CODE.fd", vars: "/usr/share/AAVMF/AAVMF_VARS.fd" };
// arm64's are optional: setup installs them with --arm64 only, so CI=true does not ask for them (docs/testing.md).
const skipArm64 = skip === false ? skipWithoutArm64() : skip;

const mac = "52:54:00:12:34:01";
const variants: readonly { readonly title: string; readonly change: Partial<Hardware> }[] = [
  { title: "BIOS, IDE, e1000, floppy", change: {} },
  {
    title: "BIOS, AHCI on i440fx, rtl8139",
    change: {
      disk: { bus: "ahci", sizeGiB: 1 },
      nic: { model: "rtl8139", mac },
    },
  },
  {
    title: "BIOS, virtio disk and NIC on i440fx",
    change: { disk: { bus: "virtio", sizeGiB: 1 }, nic: { model: "virtio-net-pci", mac } },
  },
  { title: "BIOS, virtio SCSI disk on i440fx", change: { disk: { bus: "scsi", sizeGiB: 1 } } },
  {
    title: "BIOS, q35, virtio SCSI disk, rtl8139",
    change: {
      machineType: "pc-q35-10.0",
      disk: { bus: "scsi", sizeGiB: 1 },
      nic: { model: "rtl8139", mac },
    },
  },
  {
    title: "UEFI, q35, virtio disk and NIC",
    change: {
      machineType: "pc-q35-10.0",
      firmware: "uefi",
      disk: { bus: "virtio", sizeGiB: 1 },
      nic: { model: "virtio-net-pci", mac },
    },
  },
  {
    title: "BIOS, q35, e1000",
    change: { machineType: "pc-q35-10.0", disk: { bus: "ahci", sizeGiB: 1 } },
  },
  {
    title: "UEFI, q35, e1000e, two CPUs",
    change: {
      machineType: "pc-q35-10.0",
      firmware: "uefi",
      vcpus: 2,
      disk: { bus: "ahci", sizeGiB: 1 },
      nic: { model: "e1000e", mac },
    },
  },
  {
    title: "UEFI on i440fx, virtio NIC, CPU flags",
    change: {
      firmware: "uefi",
      cpu: { model: "qemu64", flags: ["+ssse3", "+sse4.1", "+sse4.2", "+popcnt", "+aes"] },
      nic: { model: "virtio-net-pci", mac },
    },
  },
];

const arm64: Partial<Hardware> = {
  machineType: "virt-10.0",
  firmware: "uefi",
  cpu: { model: "cortex-a76", flags: [] },
  vcpus: 2,
  disk: { bus: "virtio", sizeGiB: 1 },
  nic: { model: "virtio-net-pci", mac },
  floppy: false,
  vmGenerationId: false,
};

for (const { title, change } of variants) {
  testRoles(title, change, skip === false && change.firmware === "uefi" ? skipWithoutOvmf() : skip);
}
testRoles("arm64, virtio disk and NIC, media on USB", arm64, skipArm64);
testRoles("arm64, virtio SCSI disk", { ...arm64, disk: { bus: "scsi", sizeGiB: 1 } }, skipArm64);

function testRoles(title: string, change: Partial<Hardware>, skip: string | false): void {
  test(`QEMU takes the command line in every role, and a freeze of it revives: ${title}`, {
    skip,
    timeout: 120_000,
  }, async () => {
    await using temp = await makeTempFolder();
    const machine: Hardware = { ...hardware, ...change };
    const iso = join(temp.path, "medium,with a comma.iso");
    const floppy = join(temp.path, "floppy.img");
    const disk = join(temp.path, "disk.qcow2");
    const ram = join(temp.path, "ram");
    await writeFile(iso, Buffer.alloc(64 * 2048));
    await writeFile(floppy, Buffer.alloc(1_474_560));
    const isArm64 = machine.machineType.startsWith("virt-");
    const firmware = isArm64 ? aavmf : ovmf;
    if (machine.firmware === "uefi") await copyFile(firmware.vars, join(temp.path, "vars.fd"));
    await run({ file: tool("qemu-img"), args: ["create", "-q", "-f", "qcow2", disk, "1G"] });
    const media = { iso, bootstrapIso: iso, floppy };
    const uefi =
      machine.firmware === "uefi" ? { code: firmware.code, vars: join(temp.path, "vars.fd") } : null;
    const deviceState = join(temp.path, "state");

    const inRole = async (role: GuestRole): Promise<void> => {
      await using workspace = await openWorkspace(temp.path);
      const vitals = createVitals();
      const switchSocket = workspace.path("switchSocket");
      const management = workspace.path("switchManagement");
      await using network = await startSwitch({
        vdeSwitch: tool("vde_switch"),
        socket: switchSocket,
        management,
        vitals,
      });
      assert.ok(network.pid > 0);
      using log = createLog({ write: () => undefined });
      await using guest = await startGuest({
        qemu: tool(isArm64 ? "qemu-system-aarch64" : "qemu-system-x86_64"),
        hardware: machine,
        role,
        disk,
        uefi,
        switchSocket: role.kind === "install" ? null : switchSocket,
        workspace,
        vitals,
        log,
      });
      if (role.kind === "revive") {
        await loadDeviceState(guest, { deviceState, vitals });
        assert.deepEqual(await guest.execute("query-status"), {
          running: false,

          status: "paused",
        });
        await guest.execute("cont");
      }
      assert.ok((await readVcpuMs(guest)) >= 0);
      assert.equal((await readDriveBytes(guest)).has("disk0"), true);
      // QEMU shows the clock of PCs only.
      const clock = isArm64 ? null : await readGuestClock(guest);
      if (clock !== null) assert.ok(Math.abs(clock - Date.UTC(2026, 0, 1) / 1000) < 300, `clock ${clock}`);
      await guest.screenshot(join(temp.path, "screen.png"));
      if (role.kind === "freeze") await freeze(guest, { deviceState, vitals });
      await guest.quit();
      assert.equal(vitals.failure(), undefined);
    };
    await inRole({ kind: "install", ...media });
    await inRole({ kind: "freeze", ram });
    await inRole({ kind: "revive", ram });
  });
}

test("a full disk ends a freeze with what QEMU says, and QEMU goes with its scope", {
  skip: skip === false && process.getuid?.() !== 0 ? "mounting needs root" : skip,
  timeout: 60_000,
}, async () => {
  await using temp = await makeTempFolder();
  const disk = join(temp.path, "disk.qcow2");
  await run({ file: tool("qemu-img"), args: ["create", "-q", "-f", "qcow2", disk, "1G"] });
  // QEMU alone sees the small file system: its mount namespace ends with it.
  const small = join(temp.path, "small");
  await mkdir(small);
  const qemu = join(temp.path, "qemu");
  const wrapper = `mount -t tmpfs -o size=64k tmpfs ${small} && exec ${tool("qemu-system-x86_64")} "$@"`;
  await writeFile(
    qemu,
    `#!/bin/sh\nexec unshare --mount --propagation private sh -c '${wrapper}' qemu "$@"\n`,
    {
      mode: 0o755,
    },
  );
  await using workspace = await openWorkspace(temp.path);
  const vitals = createVitals();
  using log = createLog({ write: () => undefined });
  await using guest = await startGuest({
    qemu,
    hardware,
    role: { kind: "freeze", ram: join(temp.path, "ram") },
    disk,
    uefi: null,
    switchSocket: null,
    workspace,
    vitals,
    log,
  });
  await assert.rejects(freeze(guest, { deviceState: join(small, "state"), vitals }), {
    name: "ToolError",
    message: /^freeze: .*\/small\/state could not be written: .*No space left on device/,
    exitCode: 74,
  });
  await guest[Symbol.asyncDispose]();
  await assertGone([guest.pid]);
});

function skipWithoutArm64(): string | false {
  const isThere = findProgram("qemu-system-aarch64") !== undefined && existsSync(aavmf.code);
  return isThere ? false : `needs qemu-system-aarch64 and ${aavmf.code} (npm run setup -- --arm64)`;
}

function tool(name: string): string {
  return findProgram(name) ?? name;
}
