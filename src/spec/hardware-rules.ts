import type { Platform } from "../catalogue/release.ts";
import type { Fault } from "./issues.ts";
import type { Subject } from "./rule-subject.ts";
import type { Spec } from "./schema.ts";
import { showValue } from "./show.ts";

/** Rules about `hardware` that depend on the release and its architecture. */
export const hardwareRules: readonly ((subject: Subject) => Fault[])[] = [
  firmwareFitsRelease,
  machineTypeFitsFirmware,
  diskBusFitsMachineType,
  nicFitsMachineType,
  memoryIsEnough,
  diskIsEnough,
];

/** Enlightenments exist under KVM only: under TCG QEMU takes them without a word and gives the guest nothing. */
export function flagsFitAccelerator(spec: Spec): Fault[] {
  const { accelerator, cpu } = spec.hardware;
  if (accelerator === "kvm") return [];
  return (cpu.flags ?? []).flatMap((flag, index) =>
    /^\+?hv[-_]/.test(flag)
      ? [
          {
            path: ["hardware", "cpu", "flags", index],
            message: `Hyper-V's enlightenments exist under kvm only, got ${showValue(flag)}`,
            hint: "Remove it, or set hardware.accelerator to kvm.",
          },
        ]
      : [],
  );
}

function firmwareFitsRelease({ spec, release, platform }: Subject): Fault[] {
  const { firmware } = spec.hardware;
  if (firmware === undefined || platform.firmwares.includes(firmware)) return [];
  return [
    {
      path: ["hardware", "firmware"],
      message: `${release.title} cannot be installed with it, got ${firmware}; allowed: ${platform.firmwares.join(", ")}`,
    },
  ];
}

// OVMF as distributions build it is made for q35; on i440fx it is not tried here.
function machineTypeFitsFirmware({ spec, platform }: Subject): Fault[] {
  const { machineType } = spec.hardware;
  const firmware = spec.hardware.firmware ?? platform.firmwares[0];
  if (machineType === undefined || firmware !== "uefi" || machineType.startsWith("pc-q35")) return [];
  return [
    {
      path: ["hardware", "machineType"],
      message: `firmware uefi needs pc-q35-VERSION, got ${showValue(machineType)}`,
    },
  ];
}

// q35 has AHCI in its chipset and no IDE; `ide` there would silently be AHCI.
function diskBusFitsMachineType({ spec, platform }: Subject): Fault[] {
  if (spec.hardware.diskBus !== "ide" || !isQ35(spec, platform)) return [];
  return [
    { path: ["hardware", "diskBus"], message: "machine type pc-q35 has no IDE, got ide; allowed: ahci" },
  ];
}

// e1000e is a PCI Express device; pc-i440fx has no PCI Express.
function nicFitsMachineType({ spec, platform }: Subject): Fault[] {
  if (spec.hardware.nic !== "e1000e" || isQ35(spec, platform)) return [];
  return [
    {
      path: ["hardware", "nic"],
      message: "machine type pc-i440fx has no PCI Express, got e1000e; allowed: e1000",
    },
  ];
}

function isQ35(spec: Spec, platform: Platform): boolean {
  const firmware = spec.hardware.firmware ?? platform.firmwares[0];
  return spec.hardware.machineType?.startsWith("pc-q35") ?? firmware === "uefi";
}

function memoryIsEnough({ spec, release, platform }: Subject): Fault[] {
  const { memoryMiB } = spec.hardware;
  const { minimumMiB } = platform.memory;
  if (memoryMiB === undefined || memoryMiB >= minimumMiB) return [];
  return [
    {
      path: ["hardware", "memoryMiB"],
      message: `has to be at least ${minimumMiB} for ${release.title}, got ${memoryMiB}`,
    },
  ];
}

function diskIsEnough({ spec, release, platform }: Subject): Fault[] {
  const { diskGiB } = spec.hardware;
  const { minimumGiB } = platform.disk;
  if (diskGiB === undefined || diskGiB >= minimumGiB) return [];
  return [
    {
      path: ["hardware", "diskGiB"],
      message: `has to be at least ${minimumGiB} for ${release.title}, got ${diskGiB}`,
      hint: "The disk is sparse: it takes what Windows writes.",
    },
  ];
}
