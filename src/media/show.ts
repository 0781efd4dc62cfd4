import { showEdition, wordsOfImage } from "./edition-words.ts";
import type { Medium, MediumImage } from "./medium.ts";

/** An image for a message: its name, and the edition that a spec would name. */
export function showImage(image: MediumImage): string {
  const words = wordsOfImage(image);
  return `${JSON.stringify(image.name)}${words === undefined ? "" : ` (${showEdition(words)})`}`;
}

/** All images on one line, by index. */
export function describeImages(medium: Medium): string {
  return medium.images.map((image) => `${image.index} ${showImage(image)}`).join(", ");
}
