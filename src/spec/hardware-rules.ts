import { defaultMachineType, findMachineFamily, type MachineFamily } from "../catalogue/machine-types.ts";
import type { DiskBus, Firmware, NicModel } from "../catalogue/release.ts";
import { cpuRules } from "./cpu-rules.ts";
import { driverRules } from "./driver-rules.ts";
import { fittingDevices } from "./fitting-devices.ts";
import type { Fault } from "./issues.ts";
import type { Subject } from "./rule-subject.ts";
import { showValue } from "./show.ts";

export { flagsFitAccelerator } from "./cpu-rules.ts";

/** Rules about `hardware` that depend on the release and its architecture. */
export const hardwareRules: readonly ((subject: Subject) => Fault[])[] = [
  firmwareFitsRelease,
  machineTypeFits,
  diskBusFits,
  nicFits,
  memoryFits,
  diskIsEnough,
  ...cpuRules,
  ...driverRules,
];

function firmwareFitsRelease(subject: Subject): Fault[] {
  const { spec, release, platform } = subject;
  const { firmware } = spec.hardware;
  if (firmware === undefined || platform.firmwares.includes(firmware)) return [];
  return [
    {
      path: ["hardware", "firmware"],
      message: `${release.title} on ${platform.architecture} cannot be installed with it, got ${firmware}; allowed: ${platform.firmwares.join(", ")}`,
      hint: whyNot(firmware, subject),
    },
  ];
}

function whyNot(firmware: Firmware, { release, platform }: Subject): string {
  if (firmware === "bios") return "Machines of arm64 have no BIOS: leave hardware.firmware out.";
  if (release.family === "xp") return "It is older than UEFI: leave hardware.firmware out.";
  if (release.family === "7" && platform.architecture === "amd64")
    return "Its boot loader hangs without the video BIOS that OVMF does not have: leave hardware.firmware out.";
  const wide = release.platforms.find((other) => other.firmwares.includes("uefi"));
  const instead =
    wide === undefined ? "" : `, or set windows.architecture to ${wide.architecture} (and give its medium)`;
  return `A 32-bit Windows needs a 32-bit UEFI, which casement does not have: leave hardware.firmware out${instead}.`;
}

function machineTypeFits({ spec, release, platform }: Subject): Fault[] {
  const { machineType } = spec.hardware;
  if (machineType === undefined) return [];
  const fault = (message: string, hint: string): Fault[] => [
    { path: ["hardware", "machineType"], message: `${message}, got ${showValue(machineType)}`, hint },
  ];
  const family = findMachineFamily(machineType);
  const firmware = spec.hardware.firmware ?? platform.firmwares[0];
  const usual = defaultMachineType(platform.architecture, firmware);
  const hint = `Leave hardware.machineType out: then it is ${usual}.`;
  if (family === undefined || !family.architectures.includes(platform.architecture)) {
    const wanted = platform.architecture === "arm64" ? "virt-VERSION" : "pc-i440fx-VERSION or pc-q35-VERSION";
    return fault(`architecture ${platform.architecture} needs ${wanted}`, hint);
  }
  // A firmware that the release does not know has its own fault.
  if (platform.firmwares.includes(firmware) && !family.firmwares.includes(firmware)) {
    const bios = platform.firmwares.includes("bios") && platform.architecture !== "arm64";
    return fault(
      `firmware ${firmware} needs pc-q35-VERSION`,
      bios ? `${hint} Or set hardware.firmware to bios.` : hint,
    );
  }
  if (!platform.diskBuses.some((bus) => family.diskBuses.includes(bus)))
    return fault(
      `${release.title} has drivers for ${platform.diskBuses.join(", ")} disks only, which ${family.id} does not have`,
      hint,
    );
  return [];
}

function diskBusFits(subject: Subject): Fault[] {
  const { diskBus } = subject.spec.hardware;
  if (diskBus === undefined) return [];
  const { release, platform } = subject;
  const { family, diskBuses } = fittingDevices(subject);
  const path = ["hardware", "diskBus"];
  if (!platform.diskBuses.includes(diskBus)) {
    const message = noDriver(subject, "disks on it", diskBus, diskBuses);
    return diskBus === "nvme" && release.family === "7"
      ? [{ path, message, hint: "NVMe came with 8.1; its hotfix (KB2990941) is not on the medium." }]
      : [{ path, message }];
  }
  return family === undefined || diskBuses.includes(diskBus)
    ? []
    : [{ path, message: noDevice(family, diskBus, diskBuses) }];
}

function nicFits(subject: Subject): Fault[] {
  const { nic } = subject.spec.hardware;
  if (nic === undefined) return [];
  const { family, nics } = fittingDevices(subject);
  const path = ["hardware", "nic"];
  if (!subject.platform.nics.includes(nic)) return [{ path, message: noDriver(subject, "it", nic, nics) }];
  return family === undefined || nics.includes(nic) ? [] : [{ path, message: noDevice(family, nic, nics) }];
}

function noDriver(
  { release, platform }: Subject,
  what: string,
  got: string,
  allowed: readonly string[],
): string {
  return `${release.title} on ${platform.architecture} has no driver for ${what}, got ${got}; allowed: ${allowed.join(", ") || "none"}`;
}

function noDevice(family: MachineFamily, got: DiskBus | NicModel, allowed: readonly string[]): string {
  return `machine type ${family.id} has ${family.lacks[got] ?? `no ${got}`}, got ${got}; allowed: ${allowed.join(", ")}`;
}

function memoryFits({ spec, release, platform }: Subject): Fault[] {
  const { memoryMiB } = spec.hardware;
  const { minimumMiB, maximumMiB } = platform.memory;
  const path = ["hardware", "memoryMiB"];
  if (memoryMiB === undefined) return [];
  if (memoryMiB < minimumMiB)
    return [{ path, message: `has to be at least ${minimumMiB} for ${release.title}, got ${memoryMiB}` }];
  if (maximumMiB === null || memoryMiB <= maximumMiB) return [];
  const amd64 = release.platforms.some((other) => other.architecture === "amd64");
  return [
    {
      path,
      message: `has to be at most ${maximumMiB} for ${release.title} on ${platform.architecture}, which addresses no more, got ${memoryMiB}`,
      hint: amd64
        ? "For more, set windows.architecture to amd64 (and give its medium)."
        : "The rest would be lost.",
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
