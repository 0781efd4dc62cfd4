import { releaseIds } from "../catalogue/release-ids.ts";
import type { Edition, Release } from "../catalogue/release.ts";
import { findRelease } from "../catalogue/releases.ts";
import { mediumBuilds } from "../media/builds.ts";
import { sameEdition, wordsOfImage, wordsOfSpec } from "../media/edition-words.ts";
import type { Medium, MediumImage } from "../media/medium.ts";

/** What a spec would write to install one image of a medium. */
export interface Proposal {
  readonly release: Release;
  readonly edition: Edition;
  readonly image: MediumImage;
}

/**
 * The releases that a medium can be, each with the first edition of the release that it holds. Several where a medium
 * does not tell releases apart (an enablement package is not in the WIM), unless the file's name does; none where it is
 * of a release that casement does not know.
 */
export function proposeReleases(medium: Medium, fileName: string): Proposal[] {
  const proposals = releaseIds.flatMap((id) => {
    const release = findRelease(id);
    const found = release === undefined ? undefined : propose(release, medium.images);
    return found === undefined ? [] : [found];
  });
  const half = /(?<![0-9A-Za-z])(?<half>\d\dH\d)(?![0-9A-Za-z])/i
    .exec(fileName)
    ?.groups?.["half"]?.toLowerCase();
  const named = proposals.filter(({ release }) => half !== undefined && release.id.endsWith(`-${half}`));
  return named.length > 0 ? named : proposals;
}

function propose(release: Release, images: readonly MediumImage[]): Proposal | undefined {
  for (const edition of release.editions) {
    const image = images.find((candidate) => isOf(release, candidate) && hasEdition(candidate, edition));
    if (image !== undefined) return { release, edition, image };
  }
  return undefined;
}

function isOf(release: Release, image: MediumImage): boolean {
  const { architecture } = image;
  const fits =
    architecture === null || release.platforms.some((platform) => platform.architecture === architecture);
  const server = image.installationType?.toLowerCase().startsWith("server") === true;
  if (!fits || server !== (release.product === "server")) return false;
  if (image.build !== null) return mediumBuilds(release.build).includes(image.build);
  return release.editions.some(({ image: known }) => known.kind === "name" && known.name === image.name);
}

function hasEdition(image: MediumImage, edition: Edition): boolean {
  const words = wordsOfImage(image);
  return (
    words !== undefined &&
    sameEdition(words, wordsOfSpec(edition.id)) &&
    image.evaluation === edition.evaluation
  );
}
