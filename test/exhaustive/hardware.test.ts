import assert from "node:assert/strict";
import { test } from "node:test";
import { findMachineFamily } from "../../src/catalogue/machine-types.ts";
import type { Platform, Release } from "../../src/catalogue/release.ts";
import { releases } from "../../src/catalogue/releases.ts";
import { planHardware } from "../../src/plan/hardware.ts";
import { checkRules } from "../../src/spec/rules.ts";
import { type Spec, specSchema } from "../../src/spec/schema.ts";

const firmwares = [undefined, "bios", "uefi"] as const;
const machineTypes = [undefined, "pc-i440fx-10.0", "pc-q35-10.0", "virt-10.0"] as const;
const diskBuses = [undefined, "ide", "ahci", "nvme", "virtio", "scsi"] as const;
const nics = [undefined, "rtl8139", "e1000", "e1000e", "virtio-net-pci"] as const;

test("whatever a spec asks of the hardware is refused, or planned as a machine that fits release and board", () => {
  let planned = 0;
  let refused = 0;
  for (const release of releases) {
    for (const platform of release.platforms) {
      for (const spec of specsOf(release, platform)) {
        if (checkRules(spec).length > 0) {
          refused += 1;
          continue;
        }
        planned += 1;
        assertFits(spec, platform);
      }
    }
  }
  // Both have to happen often, or the test says nothing.
  assert.ok(planned > 500 && refused > 5000, `${planned} planned, ${refused} refused`);
});

function* specsOf(release: Release, { architecture }: Platform): Generator<Spec> {
  for (const virtioWin of [false, true]) {
    const key = release.family === "xp" ? { productKey: "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE" } : {};
    const windows = { release: release.id, architecture, drivers: { virtioWin }, ...key };
    const base = specSchema.parse({ name: "a", windows });
    for (const firmware of firmwares)
      for (const machineType of machineTypes)
        for (const diskBus of diskBuses)
          for (const nic of nics)
            yield { ...base, hardware: { ...base.hardware, firmware, machineType, diskBus, nic } };
  }
}

function assertFits(spec: Spec, platform: Platform): void {
  const { firmware, machineType, disk, nic, floppy } = planHardware(spec, platform);
  const family = findMachineFamily(machineType);
  const what = `${spec.windows.release} ${JSON.stringify(spec.hardware)}`;
  assert.ok(family !== undefined, what);
  assert.ok(family.architectures.includes(platform.architecture), what);
  assert.ok(family.firmwares.includes(firmware) && platform.firmwares.includes(firmware), what);
  assert.ok(family.diskBuses.includes(disk.bus) && platform.diskBuses.includes(disk.bus), what);
  assert.ok(family.nics.includes(nic.model) && platform.nics.includes(nic.model), what);
  assert.equal(floppy, platform.architecture !== "arm64", what);
  const virtio = ["virtio", "scsi"].includes(disk.bus) || nic.model === "virtio-net-pci";
  if (virtio) assert.ok(spec.windows.drivers.virtioWin, what);
  const { diskBus, nic: wanted } = spec.hardware;
  assert.ok(diskBus === undefined || diskBus === disk.bus, what);
  assert.ok(wanted === undefined || wanted === nic.model, what);
}
