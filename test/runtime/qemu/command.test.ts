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

/** What the plan gives Windows under KVM (src/plan/hardware.ts). */
const enlightenments =
  "hv-relaxed hv-vapic hv-spinlocks=0x1fff hv-vpindex hv-synic hv-time hv-stimer hv-crash".split(" ");

const cases: readonly { name: string; change: Partial<Hardware>; role: GuestRole }[] = [
  { name: "bios-ide-install", change: {}, role: install },
  { name: "bios-ide-freeze", change: {}, role: freeze },
  { name: "bios-ide-revive", change: {}, role: revive },
  { name: "bios-ahci-install", change: { disk: { bus: "ahci", sizeGiB: 64 }, floppy: false }, role: install },
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
  const devices = (role: GuestRole): string[] =>
    buildGuestCommand(options(q35, role)).args.filter(
      (word) => !/memory-backend-file|^-incoming$|^defer$/.test(word),
    );
  assert.deepEqual(devices(freeze), devices(revive));
});

test("the description for the fingerprint knows no path of a machine", () => {
  assert.doesNotMatch(describeDevices({ ...hardware, ...q35 }).join("\n"), /=\//);
});

test("UEFI without its files is refused", () => {
  assert.throws(() => buildGuestCommand({ ...options(q35, freeze), uefi: null }), /UEFI needs OVMF's code/);
});
