import type { Release } from "../catalogue/release.ts";
import { findEdition, findPlatform, findRelease } from "../catalogue/releases.ts";
import { accessFitsRelease, accessRules } from "./access-rules.ts";
import { accountRules } from "./account-rules.ts";
import { commandRules } from "./command-rules.ts";
import { fileRules } from "./file-rules.ts";
import { firstLogonCommandsAreLines } from "./first-logon-rules.ts";
import { flagsFitAccelerator, hardwareRules } from "./hardware-rules.ts";
import type { Fault } from "./issues.ts";
import { acceleratorAsksForKvm } from "./nix-rules.ts";
import type { Subject } from "./rule-subject.ts";
import type { Spec } from "./schema.ts";
import { showValue } from "./show.ts";
import { imageIsIndexOrName, windowsRules } from "./windows-rules.ts";
import { winntRules } from "./winnt-rules.ts";

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
  ...windowsRules,
  ...winntRules,
  accessFitsRelease,
];

const fieldRules: readonly ((spec: Spec) => Fault[])[] = [
  flagsFitAccelerator,
  imageIsIndexOrName,
  ...accessRules,
  ...accountRules,
  ...commandRules,
  firstLogonCommandsAreLines,
  ...fileRules,
  noProgressFitsDeadline,
  quietFitsCap,
  acceleratorAsksForKvm,
];

function architectureExists(spec: Spec, release: Release): Fault[] {
  const { architecture } = spec.windows;
  const known = release.platforms.map((platform) => platform.architecture).join(", ");
  const reason = architecture === undefined ? undefined : release.notOffered[architecture];
  const what = reason === undefined ? "does not exist for it" : "is not offered for it";
  return [
    {
      path: ["windows", "architecture"],
      message: `${release.title} ${what}, got ${showValue(architecture)}; allowed: ${known}`,
      ...(reason === undefined ? {} : { hint: reason }),
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
