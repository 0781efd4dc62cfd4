import type { Edition, Release } from "../catalogue/release.ts";
import { findEdition, findRelease } from "../catalogue/releases.ts";
import type { Fault } from "./issues.ts";
import { nearest } from "../text/nearest.ts";
import type { Spec } from "./schema.ts";
import { showValue } from "./show.ts";

/** Faults that more than one field is needed to see. The spec has passed the schema. */
export function checkRules(spec: Spec): Fault[] {
  const release = findRelease(spec.windows.release);
  if (release === undefined) return checkFieldRules(spec);
  const subject = { spec, release, edition: findEdition(release, spec.windows.edition) };
  return [...releaseRules.flatMap((rule) => rule(subject)), ...checkFieldRules(spec)];
}

/** The faults among them that do not depend on the release. */
export function checkFieldRules(spec: Spec): Fault[] {
  return fieldRules.flatMap((rule) => rule(spec));
}

interface Subject {
  readonly spec: Spec;
  readonly release: Release;
  /** Undefined when the spec names one that the release does not have. */
  readonly edition: Edition | undefined;
}

const releaseRules: readonly ((subject: Subject) => Fault[])[] = [
  editionExists,
  evaluationTakesNoKey,
  onlyEvaluationsExpire,
  firmwareFitsRelease,
  machineTypeFitsFirmware,
  diskBusFitsMachineType,
  nicFitsMachineType,
  memoryIsEnough,
  diskIsEnough,
];

const fieldRules: readonly ((spec: Spec) => Fault[])[] = [
  imageIsIndexOrName,
  flagsFitAccelerator,
  userIsNotReserved,
  userIsNotTheComputer,
  noProgressFitsDeadline,
  quietFitsCap,
];

function editionExists({ spec, release, edition }: Subject): Fault[] {
  const { edition: id } = spec.windows;
  if (id === undefined || edition !== undefined) return [];
  const ids = release.editions.map((candidate) => candidate.id);
  const close = nearest(id, ids);
  return [
    {
      path: ["windows", "edition"],
      message: `is not an edition of ${release.title}, got ${showValue(id)}; allowed: ${ids.join(", ")}`,
      ...(close === undefined ? {} : { hint: `Did you mean ${close}?` }),
    },
  ];
}

function imageIsIndexOrName(spec: Spec): Fault[] {
  const { image } = spec.windows;
  if (image === undefined || (image.index === undefined) !== (image.name === undefined)) return [];
  return [
    {
      path: ["windows", "image"],
      message: `has to hold either index or name, got ${showValue(image)}`,
      hint: "The index is the safer one: names differ between builds of a release.",
    },
  ];
}

function evaluationTakesNoKey({ spec, edition }: Subject): Fault[] {
  const { productKey } = spec.windows;
  if (productKey === undefined || edition?.evaluation !== true) return [];
  return [
    {
      path: ["windows", "productKey"],
      message: `${edition.id} takes no key, got ${showValue(productKey)}`,
      hint: "Remove the key, or name the edition that it belongs to.",
    },
  ];
}

function onlyEvaluationsExpire({ spec, edition }: Subject): Fault[] {
  const { evaluationExpires } = spec.windows;
  if (evaluationExpires === undefined || edition === undefined || edition.evaluation) return [];
  return [
    {
      path: ["windows", "evaluationExpires"],
      message: `${edition.id} is not an evaluation edition, got ${showValue(evaluationExpires)}`,
      hint: "Remove it, or name an evaluation edition in windows.edition.",
    },
  ];
}

function firmwareFitsRelease({ spec, release }: Subject): Fault[] {
  const { firmware } = spec.hardware;
  if (firmware === undefined || release.firmwares.includes(firmware)) return [];
  return [
    {
      path: ["hardware", "firmware"],
      message: `${release.title} cannot be installed with it, got ${firmware}; allowed: ${release.firmwares.join(", ")}`,
    },
  ];
}

// OVMF as distributions build it is made for q35; on i440fx it is not tried here.
function machineTypeFitsFirmware({ spec, release }: Subject): Fault[] {
  const { machineType } = spec.hardware;
  const firmware = spec.hardware.firmware ?? release.firmwares[0];
  if (machineType === undefined || firmware !== "uefi" || machineType.startsWith("pc-q35")) return [];
  return [
    {
      path: ["hardware", "machineType"],
      message: `firmware uefi needs pc-q35-VERSION, got ${showValue(machineType)}`,
    },
  ];
}

// q35 has AHCI in its chipset and no IDE; `ide` there would silently be AHCI.
function diskBusFitsMachineType({ spec, release }: Subject): Fault[] {
  if (spec.hardware.diskBus !== "ide" || !isQ35(spec, release)) return [];
  return [
    { path: ["hardware", "diskBus"], message: "machine type pc-q35 has no IDE, got ide; allowed: ahci" },
  ];
}

// e1000e is a PCI Express device; pc-i440fx has no PCI Express.
function nicFitsMachineType({ spec, release }: Subject): Fault[] {
  if (spec.hardware.nic !== "e1000e" || isQ35(spec, release)) return [];
  return [
    {
      path: ["hardware", "nic"],
      message: "machine type pc-i440fx has no PCI Express, got e1000e; allowed: e1000",
    },
  ];
}

function isQ35(spec: Spec, release: Release): boolean {
  const firmware = spec.hardware.firmware ?? release.firmwares[0];
  return spec.hardware.machineType?.startsWith("pc-q35") ?? firmware === "uefi";
}

function memoryIsEnough({ spec, release }: Subject): Fault[] {
  const { memoryMiB } = spec.hardware;
  const { minimumMiB } = release.memory;
  if (memoryMiB === undefined || memoryMiB >= minimumMiB) return [];
  return [
    {
      path: ["hardware", "memoryMiB"],
      message: `has to be at least ${minimumMiB} for ${release.title}, got ${memoryMiB}`,
    },
  ];
}

function diskIsEnough({ spec, release }: Subject): Fault[] {
  const { diskGiB } = spec.hardware;
  const { minimumGiB } = release.disk;
  if (diskGiB === undefined || diskGiB >= minimumGiB) return [];
  return [
    {
      path: ["hardware", "diskGiB"],
      message: `has to be at least ${minimumGiB} for ${release.title}, got ${diskGiB}`,
      hint: "The disk is sparse: it takes what Windows writes.",
    },
  ];
}

// QEMU takes them under TCG without a word and gives the guest nothing.
function flagsFitAccelerator(spec: Spec): Fault[] {
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

// Accounts and groups that Windows or Cygwin's sshd brings along, and those of the controller, where the same name serves
// Samba; NONE is refused by Setup.
const reservedUsers = new Set(
  [
    "administrator administrators defaultaccount guest guests none sshd users wdagutilityaccount",
    "anonymous batch everyone interactive localservice network networkservice service system",
    "messagebus nobody nogroup root",
  ].flatMap((line) => line.split(" ")),
);

// Its profile would be a folder of that name, which Windows keeps for devices.
const deviceName = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

function userIsNotReserved(spec: Spec): Fault[] {
  const { user } = spec.account;
  if (!reservedUsers.has(user.toLowerCase()) && !deviceName.test(user)) return [];
  return [
    {
      path: ["account", "user"],
      message: `is a name that Windows, sshd or the controller uses itself, got ${showValue(user)}`,
    },
  ];
}

function userIsNotTheComputer(spec: Spec): Fault[] {
  const { user } = spec.account;
  if (user.toLowerCase() !== spec.windows.computerName?.toLowerCase()) return [];
  return [
    {
      path: ["account", "user"],
      message: `Windows refuses a user named like the computer, got ${showValue(user)}`,
    },
  ];
}

function noProgressFitsDeadline(spec: Spec): Fault[] {
  const { noProgressMinutes, deadlineMinutes } = spec.image;
  if (
    noProgressMinutes === undefined ||
    deadlineMinutes === undefined ||
    noProgressMinutes <= deadlineMinutes
  ) {
    return [];
  }
  return [
    {
      path: ["image", "noProgressMinutes"],
      message: `has to be at most image.deadlineMinutes (${deadlineMinutes}), got ${noProgressMinutes}`,
    },
  ];
}

function quietFitsCap(spec: Spec): Fault[] {
  const { seconds, capMinutes } = spec.snapshot.quiet;
  if (capMinutes === undefined || seconds <= capMinutes * 60) return [];
  return [
    {
      path: ["snapshot", "quiet", "seconds"],
      message: `has to be at most snapshot.quiet.capMinutes (${capMinutes} min, ${capMinutes * 60} s), got ${seconds}`,
    },
  ];
}
