import assert from "node:assert/strict";
import { test } from "node:test";
import type { Hardware } from "../../../src/contract/machine.ts";
import {
  buildGuestCommand,
  describeDevices,
  type GuestOptions,
  type GuestRole,
} from "../../../src/runtime/qemu/command.ts";
import { assertGolden } from "../../support/golden-text.ts";
import { hardware } from "../stage-fixture.ts";

const mac = "52:54:00:12:34:01";
const install: GuestRole = {
  kind: "install",
  iso: "/iso",
  bootstrapIso: "/bootstrap.iso",
  floppy: "/floppy.img",
};
const freeze: GuestRole = { kind: "freeze", ram: "/ram" };
const revive: GuestRole = { kind: "revive", ram: "/ram" };

function options(change: Partial<Hardware>, role: GuestRole): GuestOptions {
  const machine = { ...hardware, ...change };
  return {
    qemu: "/qemu",
    hardware: machine,
    role,
    disk: "/disk.qcow2",
    uefi: machine.firmware === "uefi" ? { code: "/code.fd", vars: "/vars.fd" } : null,
    qmp: "/w/win.qmp",
    serial: "/w/win.com1",
    switchSocket: role.kind === "install" ? null : "/w/vde",
  };
}

const q35: Partial<Hardware> = {
  machineType: "pc-q35-10.0",
  firmware: "uefi",
  vcpus: 2,
  disk: { bus: "ahci", sizeGiB: 64 },
  nic: { model: "e1000e", mac },
};

const arm64: Partial<Hardware> = {
  machineType: "virt-10.0",
  firmware: "uefi",
  cpu: { model: "cortex-a76", flags: [] },
  vcpus: 2,
  disk: { bus: "virtio", sizeGiB: 64 },
  nic: { model: "virtio-net-pci", mac },
  floppy: false,
  vmGenerationId: false,
};

/** What the plan gives Windows under KVM (src/plan/hardware.ts). */
const enlightenments =
  "hv-relaxed hv-vapic hv-spinlocks=0x1fff hv-vpindex hv-synic hv-time hv-stimer hv-crash".split(" ");

const cases: readonly { name: string; change: Partial<Hardware>; role: GuestRole }[] = [
  { name: "bios-ide-install", change: {}, role: install },
  { name: "bios-ide-freeze", change: {}, role: freeze },
  { name: "bios-ide-revive", change: {}, role: revive },
  { name: "bios-ahci-install", change: { disk: { bus: "ahci", sizeGiB: 64 }, floppy: false }, role: install },
  {
    name: "bios-virtio-install",
    change: { disk: { bus: "virtio", sizeGiB: 64 }, nic: { model: "virtio-net-pci", mac } },
    role: install,
  },
  {
    name: "uefi-q35-scsi-freeze",
    change: { ...q35, disk: { bus: "scsi", sizeGiB: 64 }, nic: { model: "rtl8139", mac } },
    role: freeze,
  },
  { name: "arm64-install", change: arm64, role: install },
  { name: "arm64-revive", change: arm64, role: revive },
  { name: "uefi-q35-install", change: q35, role: install },
  {
    name: "uefi-q35-kvm-revive",
    change: { ...q35, accelerator: "kvm", cpu: { model: "Westmere-v1", flags: enlightenments } },
    role: revive,
  },
];

for (const { name, change, role } of cases) {
  test(`the guest's command line is as recorded: ${name}`, () => {
    const { file, args } = buildGuestCommand(options(change, role));
    const text = [file, ...args].join("\n").replaceAll(/\n(?!-)/g, " ");
    assertGolden(new URL(`./golden/${name}.txt`, import.meta.url), `${text}\n`);
  });
}

test("a comma in a path does not end the option", () => {
  const { args } = buildGuestCommand({ ...options({}, install), disk: "/a,b/disk.qcow2" });
  assert.ok(args.some((word) => word.startsWith("file=/a,,b/disk.qcow2,if=none")));
});

test("the CPU has the plan's flags, each once, and no others", () => {
  const cpu = { model: "Westmere-v1", flags: ["hv-relaxed", "hv-crash"] };
  for (const accelerator of ["kvm", "tcg"] as const) {
    const { args } = buildGuestCommand(options({ accelerator, cpu }, install));
    assert.equal(args[args.indexOf("-cpu") + 1], "Westmere-v1,hv-relaxed,hv-crash,enforce");
  }
});

test("freeze and revive have the same devices", () => {
  for (const change of [q35, arm64, { disk: { bus: "scsi", sizeGiB: 64 } }] satisfies Partial<Hardware>[]) {
    const devices = (role: GuestRole): string[] =>
      buildGuestCommand(options(change, role)).args.filter(
        (word) => !/memory-backend-file|^-incoming$|^defer$/.test(word),
      );
    assert.deepEqual(devices(freeze), devices(revive));
  }
});

test("every part of the hardware that the guest sees is in the description for the fingerprint", () => {
  const description = (change: Partial<Hardware>): string =>
    describeDevices({ ...hardware, ...change }).join("\n");
  const changes: readonly Partial<Hardware>[] = [
    ...(["ahci", "virtio", "scsi"] as const).map((bus) => ({ disk: { bus, sizeGiB: 4 } })),
    ...(["rtl8139", "virtio-net-pci"] as const).map((model) => ({ nic: { model, mac } })),
    { nic: { model: "e1000", mac: "52:54:00:12:34:99" } },
    { firmware: "uefi" },
    { machineType: "pc-q35-10.0" },
    { memoryMiB: 128 },
    { vcpus: 2 },
    { cpu: { model: "Westmere-v1", flags: ["+aes"] } },
    { rtcBase: "2025-01-01T00:00:00" },
    { vmGenerationId: false },
    arm64,
  ];
  const descriptions = [{}, ...changes].map(description);
  assert.equal(new Set(descriptions).size, descriptions.length);
});

test("an NVMe disk is refused, because QEMU cannot freeze it", () => {
  const nvme = options({ disk: { bus: "nvme", sizeGiB: 64 } }, install);
  assert.throws(() => buildGuestCommand(nvme), /cannot freeze a machine with an NVMe disk, got nvme/);
});

test("the description for the fingerprint knows no path of a machine", () => {
  assert.doesNotMatch(describeDevices({ ...hardware, ...q35 }).join("\n"), /=\//);
});

test("UEFI without its files is refused", () => {
  assert.throws(() => buildGuestCommand({ ...options(q35, freeze), uefi: null }), /UEFI needs OVMF's code/);
});
