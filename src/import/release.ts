import type { Architecture, Edition, Release } from "../catalogue/release.ts";
import { findRelease, releases } from "../catalogue/releases.ts";
import { releaseIds } from "../catalogue/release-ids.ts";
import { SpecError } from "../errors.ts";
import { nearest } from "../text/nearest.ts";
import type { ImportedImage } from "./image.ts";

/** What the file says about its release, in image names, descriptions, keys, comments of its commands and driver folders. */
export interface ReleaseEvidence {
  readonly image: ImportedImage;
  readonly architecture: Architecture;
  /** All text of the file, for words such as `w11` in a path. */
  readonly words: string;
  /** LabConfig or BypassNRO: only clients of Windows 11 need them. */
  readonly bypass: boolean;
}

export interface DetectedRelease {
  readonly release: Release;
  readonly edition: Edition;
  /** Why it was taken where the file leaves a choice. */
  readonly doubt: string | undefined;
}

/** The release that a file is for. Throws SpecError where nothing tells, or where the release asked for does not exist. */
export function detectRelease(
  evidence: ReleaseEvidence,
  file: string,
  wanted: string | undefined,
): DetectedRelease {
  const choices = candidates(evidence, file, wanted).filter(({ platforms, family }) =>
    family === "xp" ? false : platforms.some(({ architecture }) => architecture === evidence.architecture),
  );
  const [release] = choices;
  if (release === undefined) {
    throw new SpecError(file, [
      {
        path: "",
        message: `does not say which Windows for ${evidence.architecture} it installs: no image name and no key that casement knows`,
        hint: `Say it: --release ID, one of ${releaseIds.join(", ")}`,
      },
    ]);
  }
  const edition = findEditionOf(release, evidence.image);
  const doubt =
    wanted === undefined && choices.length > 1
      ? `could be any of ${choices.map(({ id }) => id).join(", ")}; ${release.id} is taken (--release chooses another)`
      : undefined;
  return { release, edition, doubt };
}

function candidates(evidence: ReleaseEvidence, file: string, wanted: string | undefined): readonly Release[] {
  if (wanted !== undefined) return [known(file, wanted)];
  const { image, words, bypass } = evidence;
  const byName = releases.filter(({ editions }) =>
    editions.some(({ image: own }) => own.kind === "name" && sameText(own.name, image.name)),
  );
  const byKey = releases.filter(({ editions }) =>
    editions.some(({ productKey }) => productKey !== null && productKey === image.productKey),
  );
  const told = titled(words);
  const ways = [
    byName,
    titled(image.name ?? ""),
    byKey.filter((release) => told.includes(release)),
    byKey,
    bypass ? releases.filter((release) => release.requirementBypass) : [],
    told,
  ];
  return inOrder(ways.find((found) => found.length > 0) ?? [], evidence);
}

/** Releases of which a text has the name, or the name that virtio-win gives them. */
function titled(text: string): Release[] {
  const lower = text.toLowerCase();
  return releases.filter(({ title, virtioWinFolder }) => {
    // "Windows 11 24H2" is found by "Windows 11", too, but "Windows 10" not by "Windows 1".
    const name = /^Windows (?:Server )?(?:XP|\d+(?:\.\d)?)(?: R2)?/.exec(title)?.[0] ?? title;
    const short = name.replace("Windows ", "");
    const words = [name, ...(short.startsWith("Server") ? [short] : []), `\\${virtioWinFolder}\\`];
    return words.some((word) => includesWord(lower, word.toLowerCase()));
  });
}

// "Windows Server 2012 R2" is not "Windows Server 2012", and "Windows 8.1" not "Windows 8".
function includesWord(text: string, word: string): boolean {
  const at = text.indexOf(word);
  return at !== -1 && !/^(\.?\d| r2)/.test(text.slice(at + word.length));
}

// What the text names by its version comes first, then what needs the bypasses that are there or are not, then the newest
// that is not long-term: most media are that.
function inOrder(found: readonly Release[], { words, bypass }: ReleaseEvidence): Release[] {
  const lower = words.toLowerCase();
  const named = ({ id }: Release): boolean => {
    const version = id.split("-").at(-1) ?? id;
    return version.endsWith("h2") && lower.includes(version);
  };
  const rank = (release: Release): number =>
    (named(release) ? 0 : 4) +
    (release.requirementBypass === bypass ? 0 : 2) +
    (release.id.includes("ltsc") ? 1 : 0);
  return found.toSorted((left, right) => rank(left) - rank(right) || right.build - left.build);
}

function findEditionOf(release: Release, image: ImportedImage): Edition {
  const { editions } = release;
  const byName = editions.filter(({ image: own }) => own.kind === "name" && sameText(own.name, image.name));
  const among = byName.length > 0 ? byName : editions;
  const byKey = among.find(({ productKey }) => productKey !== null && productKey === image.productKey);
  // A file without a key is for a medium that takes none.
  const keyless = image.productKey === undefined ? among.find(({ evaluation }) => evaluation) : undefined;
  return byKey ?? keyless ?? byName[0] ?? editions[0];
}

function known(file: string, id: string): Release {
  const release = findRelease(id);
  if (release !== undefined) return release;
  const close = nearest(id, releaseIds);
  throw new SpecError(file, [
    {
      path: "--release",
      message: `is not a release that casement knows, got ${JSON.stringify(id)}; allowed: ${releaseIds.join(", ")}`,
      ...(close === undefined ? {} : { hint: `Did you mean ${close}?` }),
    },
  ]);
}

function sameText(left: string, right: string | undefined): boolean {
  return left.toLowerCase() === right?.toLowerCase();
}
