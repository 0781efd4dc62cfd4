import type { Architecture, Edition, Release } from "../catalogue/release.ts";
import { findRelease, releases } from "../catalogue/releases.ts";
import { releaseIds } from "../catalogue/release-ids.ts";
import { SpecError } from "../errors.ts";
import { didYouMean } from "../text/nearest.ts";
import { selectsEdition } from "./edition-keys.ts";
import type { ImportedImage } from "./image.ts";

/** What the file says about its release, in image names, descriptions, keys, comments of its commands and driver folders. */
export interface ReleaseEvidence {
  readonly image: ImportedImage;
  readonly architecture: Architecture;
  /** All text of the file, for words such as `w11` in a path. */
  readonly words: string;
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
  const asked = wanted === undefined ? undefined : known(file, wanted);
  const { found, byEditor } =
    asked === undefined ? candidates(evidence) : { found: [asked], byEditor: false };
  const choices = found.filter((release) => isFor(release, evidence));
  const [release] = choices;
  if (release === undefined) throw unknownRelease(evidence, file, asked);
  const why = [
    ...(byEditor ? ["is named by what the file's editor had open only (cpi:offlineImage)"] : []),
    ...(choices.length > 1 ? [`could be any of ${choices.map(({ id }) => id).join(", ")}`] : []),
  ];
  const doubt = `${why.join("; ")}; ${release.id} is taken (--release chooses another)`;
  const edition = findEditionOf(release, evidence.image);
  return { release, edition, doubt: why.length === 0 ? undefined : doubt };
}

// Setup of XP reads winnt.sif.
function isFor({ family, platforms }: Release, evidence: ReleaseEvidence): boolean {
  return family !== "xp" && platforms.some(({ architecture }) => architecture === evidence.architecture);
}

function unknownRelease(evidence: ReleaseEvidence, file: string, wanted: Release | undefined): SpecError {
  const { architecture, image } = evidence;
  const hint = `Say it: --release ID, one of ${releases
    .filter((release) => isFor(release, evidence))
    .map(({ id }) => id)
    .join(", ")}`;
  if (wanted !== undefined) {
    const why = wanted.family === "xp" ? "has a winnt.sif and no XML" : `is not offered for ${architecture}`;
    const message = `is not what the file is for, got "${wanted.id}": ${wanted.title} ${why}`;
    return new SpecError(file, [{ path: "--release", message, hint }]);
  }
  const what = isForeign(image.name)
    ? `installs ${JSON.stringify(image.name)}, which is no Windows for ${architecture} that casement knows`
    : `does not say which Windows for ${architecture} it installs: no image name and no key that casement knows`;
  return new SpecError(file, [{ path: "", message: what, hint }]);
}

// An image of a Windows that has no entry, such as Server 2012: whatever else the file says, it is none of the others.
function isForeign(imageName: string | undefined): boolean {
  return imageName !== undefined && /^Windows\b/i.test(imageName) && titled(imageName).length === 0;
}

interface Candidates {
  /** The likeliest first. */
  readonly found: readonly Release[];
  /** Windows System Image Manager notes which image it had open; files that were copied for another Windows keep that. */
  readonly byEditor: boolean;
}

function candidates({ image, words: all }: ReleaseEvidence): Candidates {
  if (isForeign(image.name)) return { found: [], byEditor: false };
  const words = all.replaceAll(editorsImage, "");
  const byName = releases.filter(({ editions }) =>
    editions.some(({ image: own }) => own.kind === "name" && sameText(own.name, image.name)),
  );
  const byKey = releases.filter((release) =>
    release.editions.some((edition) => selectsEdition(image.productKey, edition, release)),
  );
  const told = titled(words);
  const ways = [
    byName,
    titled(image.name ?? ""),
    byKey.filter((release) => told.includes(release)),
    byKey,
    labConfig.test(words) ? releases.filter((release) => release.requirementBypass) : [],
    told,
    noNetwork.test(words) ? releases.filter(isModernClient) : [],
  ];
  const found = ways.find((each) => each.length > 0);
  if (found !== undefined) return { found: inOrder(found, words), byEditor: false };
  return { found: inOrder(titled((all.match(editorsImage) ?? []).join(" ")), words), byEditor: true };
}

const editorsImage = /<cpi:offlineImage\b[^>]*>/gi;

/** Only Setup of Windows 11's clients checks what this switches off. */
const labConfig = /\\LabConfig\b/i;

/** Windows 11 has it, and files for Windows 10 set it too (dockur/windows). */
const noNetwork = /\bBypassNRO\b/i;

function isModernClient({ family, product }: Release): boolean {
  return product === "client" && (family === "10" || family === "11");
}

/** Releases of which a text has the name, or the name that virtio-win gives them. */
function titled(text: string): Release[] {
  const lower = text.toLowerCase();
  return releases.filter(({ title, virtioWinFolder }) => {
    // "Windows 11 24H2" is found by "Windows 11", too, but "Windows 10" not by "Windows 1".
    const name = /^Windows (?:Server )?(?:XP|\d+(?:\.\d)?)(?: R2)?/.exec(title)?.[0] ?? title;
    const short = name.replace("Windows ", "");
    const server = short.startsWith("Server") ? [short, name.replace("Server ", "")] : [];
    const words = [name, ...server, `\\${virtioWinFolder}\\`];
    return words.some((word) => includesWord(lower, word.toLowerCase()));
  });
}

// "Windows Server 2012 R2" is not "Windows Server 2012", and "Windows 8.1" not "Windows 8".
function includesWord(text: string, word: string): boolean {
  const at = text.indexOf(word);
  return at !== -1 && !/^(\.?\d| r2)/.test(text.slice(at + word.length));
}

// What the text names by its version comes first, then what needs the bypass that is there or is not, then the newest
// that is not long-term: most media are that.
function inOrder(found: readonly Release[], words: string): Release[] {
  const lower = words.toLowerCase();
  const bypass = labConfig.test(words);
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
  const byKey = among.find((edition) => selectsEdition(image.productKey, edition, release));
  // A file without a key is for a medium that takes none.
  const keyless = image.productKey === undefined ? among.find(({ evaluation }) => evaluation) : undefined;
  return byKey ?? keyless ?? byName[0] ?? editions[0];
}

function known(file: string, id: string): Release {
  const release = findRelease(id);
  if (release !== undefined) return release;
  const hint = didYouMean(id, releaseIds);
  throw new SpecError(file, [
    {
      path: "--release",
      message: `is not a release that casement knows, got ${JSON.stringify(id)}; allowed: ${releaseIds.join(", ")}`,
      ...(hint === undefined ? {} : { hint }),
    },
  ]);
}

function sameText(left: string, right: string | undefined): boolean {
  return left.toLowerCase() === right?.toLowerCase();
}
