import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultMachineType, findMachineFamily } from "../../src/catalogue/machine-types.ts";
import { releases } from "../../src/catalogue/releases.ts";

test("a machine type belongs to the family that its name starts with", () => {
  assert.equal(findMachineFamily("pc-q35-10.0")?.id, "pc-q35");
  assert.equal(findMachineFamily("pc-i440fx-2.4")?.id, "pc-i440fx");
  assert.equal(findMachineFamily("virt-9.2")?.id, "virt");
  for (const name of ["pc", "q35", "virtual-1.0", ""]) assert.equal(findMachineFamily(name), undefined, name);
});

test("the default fits architecture and firmware of every platform, and has its devices", () => {
  for (const { platforms } of releases) {
    for (const { architecture, firmwares, diskBuses, nics } of platforms) {
      for (const firmware of firmwares) {
        const machineType = defaultMachineType(architecture, firmware);
        const family = findMachineFamily(machineType);
        assert.ok(family !== undefined);
        assert.ok(family.architectures.includes(architecture), machineType);
        assert.ok(family.firmwares.includes(firmware), machineType);
        assert.ok(diskBuses.some((bus) => family.diskBuses.includes(bus)));
        assert.ok(nics.some((nic) => family.nics.includes(nic)));
      }
    }
  }
});
