import { findPlatform } from "../catalogue/releases.ts";
import { evaluationEnd } from "../media/evaluation.ts";
import type { Medium } from "../media/medium.ts";
import { describeImages } from "../media/show.ts";
import type { Proposal } from "./propose-release.ts";

/** The lines of a spec (YAML) that name a medium, with what it does not tell as comments. */
export function mediumLines(subject: {
  readonly medium: Medium;
  readonly proposals: readonly Proposal[];
  readonly iso: { readonly name: string; readonly sha256: string };
  readonly today: Date;
}): string {
  const { medium, proposals, iso } = subject;
  const [first, ...others] = proposals;
  const image = first?.image ?? medium.images[0];
  const language = image.defaultLanguage ?? image.languages[0];
  return [
    ...comments(medium, others),
    "windows:",
    ...(first === undefined ? ["  release: # (none fits)"] : releaseLines(first)),
    ...(language === undefined ? [] : [`  language: ${language}`]),
    ...(first?.edition.evaluation === true
      ? [`  evaluationExpires: "${evaluationEnd(first.release.product, subject.today)}"`]
      : []),
    "  iso:",
    // Quoted: a name or hash of digits alone would be a number.
    `    name: "${iso.name}"`,
    `    sha256: "${iso.sha256}"`,
    ...(first?.edition.evaluation === true ? clockLines(subject.today) : []),
    "",
  ].join("\n");
}

function comments(medium: Medium, others: readonly Proposal[]): string[] {
  const releases = others.map(({ release }) => release.id);
  return [
    ...(medium.images.length > 1 ? [`# The medium has ${describeImages(medium)}.`] : []),
    ...(releases.length > 0 ? [`# It could also be ${releases.join(", ")}: the medium does not tell.`] : []),
  ];
}

function releaseLines({ release, edition, image }: Proposal): string[] {
  const usual = findPlatform(release, undefined)?.architecture;
  const known = edition.image;
  const found = known.kind === "index" ? known.index === image.index : known.name === image.name;
  return [
    `  release: ${release.id}`,
    ...(image.architecture === null || image.architecture === usual
      ? []
      : [`  architecture: ${image.architecture}`]),
    `  edition: ${edition.id}`,
    ...(found || release.family === "xp" ? [] : [`  image: { index: ${image.index} }`]),
  ];
}

// The days of an evaluation are counted from the installation, by the guest's clock: so that has to be today's.
function clockLines(today: Date): string[] {
  return [
    "hardware:",
    `  # The evaluation's days are counted from here, by the guest's own clock.`,
    `  rtcBase: "${today.toISOString().slice(0, 10)}T00:00:00"`,
  ];
}
