import assert from "node:assert/strict";
import { test } from "node:test";
import type { Platform } from "../../src/catalogue/release.ts";
import { findPlatform, findRelease, releases } from "../../src/catalogue/releases.ts";
import { InternalError } from "../../src/errors.ts";
import { planHardware } from "../../src/plan/hardware.ts";
import type { PlannedHardware } from "../../src/plan/plan.ts";
import { hardwareSchema } from "../../src/contract/machine.ts";
import { specSchema } from "../../src/spec/schema.ts";

const rows: readonly {
  readonly machine: readonly [release: string, architecture: Platform["architecture"], hardware?: object];
  readonly plan: readonly [firmware: string, machineType: string, bus: string, nic: string, cpu: string];
}[] = [
  { machine: ["windows-xp", "x86"], plan: ["bios", "pc-i440fx-10.0", "ide", "rtl8139", "Westmere-v1"] },
  { machine: ["windows-7", "x86"], plan: ["bios", "pc-i440fx-10.0", "ide", "e1000", "Westmere-v1"] },
  {
    machine: ["windows-7", "amd64", { machineType: "pc-q35-10.0" }],
    plan: ["bios", "pc-q35-10.0", "ahci", "e1000", "Westmere-v1"],
  },
  { machine: ["windows-8.1", "amd64"], plan: ["bios", "pc-i440fx-10.0", "ide", "e1000", "Westmere-v1"] },
  {
    machine: ["windows-8.1", "amd64", { firmware: "uefi" }],
    plan: ["uefi", "pc-q35-10.0", "ahci", "e1000e", "Westmere-v1"],
  },
  {
    machine: ["windows-server-2022", "amd64"],
    plan: ["bios", "pc-i440fx-10.0", "ide", "e1000", "Westmere-v1"],
  },
  {
    machine: ["windows-server-2025", "amd64"],
    plan: ["uefi", "pc-q35-10.0", "ahci", "e1000e", "Westmere-v1"],
  },
  {
    machine: ["windows-11-25h2", "amd64", { firmware: "bios" }],
    plan: ["bios", "pc-i440fx-10.0", "ide", "e1000", "Westmere-v1"],
  },
  {
    machine: ["windows-11-25h2", "arm64"],
    plan: ["uefi", "virt-10.0", "virtio", "virtio-net-pci", "host"],
  },
  {
    machine: ["windows-11-25h2", "arm64", { accelerator: "tcg" }],
    plan: ["uefi", "virt-10.0", "virtio", "virtio-net-pci", "cortex-a76"],
  },
];

for (const { machine, plan } of rows) {
  const [release, architecture, wanted = {}] = machine;
  test(`${release} on ${architecture} ${JSON.stringify(wanted)} gets ${plan.join(", ")}`, () => {
    const { firmware, machineType, disk, nic, cpu } = hardwareOf(release, architecture, wanted);
    assert.deepEqual([firmware, machineType, disk.bus, nic.model, cpu.model], plan);
  });
}

test("every platform under every firmware it knows gets a machine that the contract takes", () => {
  for (const release of releases) {
    for (const { architecture, firmwares } of release.platforms) {
      for (const firmware of firmwares) {
        for (const accelerator of ["kvm", "tcg"]) {
          const hardware = hardwareOf(release.id, architecture, { firmware, accelerator });
          assert.deepEqual(hardwareSchema.parse(hardware), hardware);
          assert.equal(hardware.floppy, architecture !== "arm64");
        }
      }
    }
  }
});

test("Hyper-V's flags are the release's under kvm and none under tcg, unless the spec gives its own", () => {
  assert.deepEqual(hardwareOf("windows-xp", "x86").cpu.flags, []);
  assert.equal(hardwareOf("windows-7", "amd64").cpu.flags.length, 4);
  assert.equal(hardwareOf("windows-server-2016", "amd64").cpu.flags.length, 8);
  assert.deepEqual(hardwareOf("windows-server-2016", "amd64", { accelerator: "tcg" }).cpu.flags, []);
  assert.deepEqual(hardwareOf("windows-7", "amd64", { cpu: { flags: ["+aes"] } }).cpu.flags, ["+aes"]);
  assert.deepEqual(hardwareOf("windows-11-24h2", "arm64").cpu.flags, []);
});

test("a machine type that a valid spec cannot name is a fault of casement's own", () => {
  assert.throws(() => hardwareOf("windows-xp", "x86", { machineType: "pc-q35-10.0" }), InternalError);
});

function hardwareOf(
  id: string,
  architecture: Platform["architecture"],
  hardware: object = {},
): PlannedHardware {
  const release = findRelease(id);
  const platform = release === undefined ? undefined : findPlatform(release, architecture);
  assert.ok(platform !== undefined);
  const spec = specSchema.parse({ name: "a", windows: { release: id, architecture }, hardware });
  return planHardware(spec, platform);
}
