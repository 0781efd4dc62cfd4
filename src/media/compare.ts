import type { Machine } from "../contract/machine.ts";
import type { Issue } from "../errors.ts";
import { nearest } from "../text/nearest.ts";
import { mediumBuilds } from "./builds.ts";
import { type EditionWords, sameEdition, showEdition, wordsOfImage, wordsOfSpec } from "./edition-words.ts";
import type { Medium, MediumImage } from "./medium.ts";
import { describeImages, showImage } from "./show.ts";

/** What a spec expects of its medium: parts of machine.json. */
export type Expected = Pick<Machine, "release" | "architecture" | "medium">;

/** NT 6.0 and later are installed from a WIM. */
const firstWimBuild = 6000;

/** Every way in which a medium is not what the spec expects, each with what to write instead. What it does not say is not checked. */
export function compareMedium(medium: Medium, expected: Expected): Issue[] {
  const legacy = medium.format === "i386";
  if (legacy !== expected.medium.build < firstWimBuild) return [checkGeneration(medium, expected)];
  const found = legacy ? medium.images[0] : findImage(medium, expected);
  const image = found ?? medium.images[0];
  return [
    ...(found === undefined ? [missingImage(medium, expected)] : checkEdition(medium, found, expected)),
    ...checkArchitecture(image, expected),
    ...checkLanguage(image, expected),
    ...checkBuild(image, expected),
    ...checkKey(medium, found, expected),
  ];
}

function checkGeneration(medium: Medium, { release }: Expected): Issue {
  const [image] = medium.images;
  return {
    path: "windows.release",
    message: `the medium holds ${showImage(image)}, got ${release}`,
    hint: "Name the medium's release, or take a medium of this one.",
  };
}

function findImage(medium: Medium, { medium: { image } }: Expected): MediumImage | undefined {
  // As Setup does it: case does not count.
  return medium.images.find((candidate) =>
    image.kind === "index"
      ? candidate.index === image.index
      : candidate.name.toLowerCase() === image.name.toLowerCase(),
  );
}

function missingImage(medium: Medium, { medium: { image, edition } }: Expected): Issue {
  const wanted =
    image.kind === "index" ? `no image ${image.index}` : `no image named ${JSON.stringify(image.name)}`;
  const proposal = proposeImage(medium, wordsOfSpec(edition), image.kind === "name" ? image.name : "");
  const write =
    proposal === undefined ? "" : `Write windows.image.index: ${proposal.index} for ${showImage(proposal)}. `;
  return {
    path: "windows.image",
    message: `the medium has ${wanted}`,
    hint: `${write}It has: ${describeImages(medium)}`,
  };
}

/** The image of this edition, of several the one whose name begins most like the wanted one; or one that is spelt nearly so. */
function proposeImage(medium: Medium, wanted: EditionWords, name: string): MediumImage | undefined {
  const [fitting] = medium.images
    .filter((candidate) => {
      const words = wordsOfImage(candidate);
      return words !== undefined && sameEdition(wanted, words) && wanted.evaluation === words.evaluation;
    })
    .toSorted((a, b) => sharedLength(b.name, name) - sharedLength(a.name, name));
  const spelt = nearest(
    name,
    medium.images.map((candidate) => candidate.name),
  );
  return fitting ?? medium.images.find((candidate) => candidate.name === spelt);
}

function sharedLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length]?.toLowerCase() === b[length]?.toLowerCase()) length++;
  return length;
}

function checkEdition(medium: Medium, image: MediumImage, expected: Expected): Issue[] {
  const { edition, evaluation } = expected.medium;
  const wanted = { ...wordsOfSpec(edition), evaluation };
  const words = wordsOfImage(image);
  if (words === undefined) return [];
  if (!sameEdition(words, wanted)) {
    const better = medium.images.find((other) => {
      const otherWords = wordsOfImage(other);
      return otherWords !== undefined && sameEdition(otherWords, wanted);
    });
    return [
      {
        path: "windows.edition",
        message: `image ${image.index} of the medium is ${showImage(image)}, got ${edition}`,
        hint:
          better === undefined
            ? `Write windows.edition: ${showEdition(words)}. The medium has: ${describeImages(medium)}`
            : `Write windows.image.index: ${better.index} for ${edition}, or windows.edition: ${showEdition(words)} for image ${image.index}.`,
      },
    ];
  }
  if (image.evaluation === evaluation) return [];
  return [
    {
      path: "windows.edition",
      message: image.evaluation
        ? `the medium is for evaluation and shuts itself down when its time is over, got ${edition}`
        : `the medium is not for evaluation, got ${edition}`,
      hint: `Write windows.edition: ${showEdition(words)}, or take other media.`,
    },
  ];
}

function checkArchitecture(image: MediumImage, { architecture }: Expected): Issue[] {
  if (image.architecture === null || image.architecture === architecture) return [];
  return [
    {
      path: "windows.architecture",
      message: `the medium is for ${image.architecture}, got ${architecture}`,
      hint: `Write windows.architecture: ${image.architecture}, or take a medium for ${architecture}.`,
    },
  ];
}

function checkLanguage(image: MediumImage, { medium: { language } }: Expected): Issue[] {
  const [first] = image.languages;
  if (first === undefined || image.languages.some((has) => has.toLowerCase() === language.toLowerCase()))
    return [];
  return [
    {
      path: "windows.language",
      message: `the medium has ${image.languages.join(", ")}, got ${language}`,
      hint: `Write windows.language: ${image.defaultLanguage ?? first}; Setup stops and asks for any other. Formats and keyboards can differ: windows.locale.`,
    },
  ];
}

function checkBuild(image: MediumImage, { release, medium: { build } }: Expected): Issue[] {
  const builds = mediumBuilds(build);
  if (image.build === null || builds.includes(image.build)) return [];
  return [
    {
      path: "windows.release",
      message: `the medium holds build ${image.build} (${image.name}), got ${release}, whose media say ${builds.toReversed().join(" or ")}`,
      hint: "Name the medium's release (casement media add FILE.iso proposes it), or take a medium of this one.",
    },
  ];
}

function checkKey(
  medium: Medium,
  image: MediumImage | undefined,
  { medium: { productKey } }: Expected,
): Issue[] {
  const evaluation = image?.evaluation ?? medium.images.every((other) => other.evaluation);
  if (productKey && evaluation) {
    return [
      {
        path: "windows.productKey",
        message: "media for evaluation take no product key, and one is given or belongs to the edition",
        hint: "Name an evaluation edition and no key, or take other media.",
      },
    ];
  }
  if (productKey || evaluation || medium.channel?.toLowerCase() === "volume") return [];
  return [
    {
      path: "windows.productKey",
      message: "the medium is not for evaluation, so Setup asks for a product key, and none is given",
      hint:
        medium.format === "i386"
          ? "Write the key that came with the medium; there are no public ones for it."
          : "Write a key that selects the edition; a public one does (docs/releases.md), and activates nothing.",
    },
  ];
}
