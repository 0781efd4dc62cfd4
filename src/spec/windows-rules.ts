import { nearest } from "../text/nearest.ts";
import { groupsAreKnown } from "./account-rules.ts";
import { localesAreKnown, mediumHasLanguage, timeZoneIsOldEnough } from "./locale-rules.ts";
import { checkDisk } from "./disk-rules.ts";
import type { Fault } from "./issues.ts";
import type { Subject } from "./rule-subject.ts";
import type { Spec } from "./schema.ts";
import { showValue } from "./show.ts";

/** Rules about `windows` that depend on the release. */
export const windowsRules: readonly ((subject: Subject) => Fault[])[] = [
  editionExists,
  evaluationTakesNoKey,
  keyIsGiven,
  onlyEvaluationsExpire,
  bypassesMeanSomething,
  behavioursExist,
  desktopCanBeReached,
  mediumHasLanguage,
  localesAreKnown,
  timeZoneIsOldEnough,
  groupsAreKnown,
  checkDisk,
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

/** An image of install.wim has a number and a name, and one of them is enough. */
export function imageIsIndexOrName(spec: Spec): Fault[] {
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

function keyIsGiven({ spec, release, edition }: Subject): Fault[] {
  // XP and Server 2003: winnt-rules.ts.
  if (edition === undefined || edition.evaluation || release.family === "xp") return [];
  if (edition.productKey !== null || spec.windows.productKey !== undefined) return [];
  return [
    {
      path: ["windows", "productKey"],
      message: `is required and missing; ${release.title} ${edition.id} has no public key, and Setup asks for one`,
      hint: "Give the key of your own medium.",
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

function bypassesMeanSomething({ spec, release }: Subject): Fault[] {
  const { requirementBypass, networkBypass } = spec.windows;
  const faults: Fault[] = [];
  if (requirementBypass === true && !release.requirementBypass) {
    faults.push({
      path: ["windows", "requirementBypass"],
      message: `the Setup of ${release.title} has no check to switch off, got true`,
      hint: "Remove it; it is for clients of Windows 11.",
    });
  }
  // The VM has no TPM: its state would have to travel with every snapshot.
  if (requirementBypass === false && release.wants.tpm !== null) {
    faults.push({
      path: ["windows", "requirementBypass"],
      message: `the Setup of ${release.title} refuses a machine without TPM ${release.wants.tpm}, and the VM has none, got false`,
      hint: "Remove it, or set it to true.",
    });
  }
  if (networkBypass === true && !release.networkBypass) {
    faults.push({
      path: ["windows", "networkBypass"],
      message: `the first start of ${release.title} does not insist on a network, got true`,
      hint: "Remove it; it is for clients of Windows 11.",
    });
  }
  return faults;
}

/** What is not the default and what the release or the edition does not have. */
function behavioursExist({ spec, release, edition }: Subject): Fault[] {
  const { defender, uac, remoteDesktop } = spec.windows.behaviour;
  const none = (field: string, what: string, got: boolean): Fault => ({
    path: ["windows", "behaviour", field],
    message: `${what}, got ${got}`,
    hint: "Remove it.",
  });
  const withoutDefender = ["xp", "7"].includes(release.family) || release.id === "windows-server-2012-r2";
  return [
    ...(defender && withoutDefender
      ? [none("defender", `${release.title} has no Defender that scans`, true)]
      : []),
    ...(!uac && release.family === "xp"
      ? [none("uac", `${release.title} has no User Account Control`, false)]
      : []),
    // Home editions connect to others and do not listen.
    ...(remoteDesktop && edition !== undefined && /^(Home|Core|Starter)\b/.test(edition.id)
      ? [none("remoteDesktop", `${edition.id} editions have no Remote Desktop to connect to`, true)]
      : []),
  ];
}

// Its schtasks knows no /it or no /rl, and its console is session 0 itself: another way in, which nobody has tried.
function desktopCanBeReached({ spec, release }: Subject): Fault[] {
  if (!spec.windows.desktop || release.family !== "xp") return [];
  return [
    {
      path: ["windows", "desktop"],
      message: `no task of ${release.title} can be sent to the console as it is needed, got true`,
      hint: "Remove it, or take Windows 7, Server 2008 R2 or a later release.",
    },
  ];
}
