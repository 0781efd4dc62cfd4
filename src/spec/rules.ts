import { findEdition, findPlatform, findRelease } from "../catalogue/releases.ts";
import { flagsFitAccelerator, hardwareRules } from "./hardware-rules.ts";
import type { Fault } from "./issues.ts";
import { nearest } from "../text/nearest.ts";
import type { Release } from "../catalogue/release.ts";
import type { Subject } from "./rule-subject.ts";
import type { Spec } from "./schema.ts";
import { showValue } from "./show.ts";

/** Faults that more than one field is needed to see. The spec has passed the schema. */
export function checkRules(spec: Spec): Fault[] {
  const release = findRelease(spec.windows.release);
  if (release === undefined) return checkFieldRules(spec);
  const platform = findPlatform(release, spec.windows.architecture);
  if (platform === undefined) return [...architectureExists(spec, release), ...checkFieldRules(spec)];
  const subject = { platform, spec, release, edition: findEdition(release, spec.windows.edition) };
  return [...releaseRules.flatMap((rule) => rule(subject)), ...checkFieldRules(spec)];
}

/** The faults among them that do not depend on the release. */
export function checkFieldRules(spec: Spec): Fault[] {
  return fieldRules.flatMap((rule) => rule(spec));
}

const releaseRules: readonly ((subject: Subject) => Fault[])[] = [
  ...hardwareRules,
  editionExists,
  evaluationTakesNoKey,
  onlyEvaluationsExpire,
];

const fieldRules: readonly ((spec: Spec) => Fault[])[] = [
  flagsFitAccelerator,
  imageIsIndexOrName,
  userIsNotReserved,
  userIsNotTheComputer,
  noProgressFitsDeadline,
  quietFitsCap,
];

function architectureExists(spec: Spec, release: Release): Fault[] {
  const known = release.platforms.map((platform) => platform.architecture).join(", ");
  return [
    {
      path: ["windows", "architecture"],
      message: `${release.title} does not exist for it, got ${showValue(spec.windows.architecture)}; allowed: ${known}`,
    },
  ];
}

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
