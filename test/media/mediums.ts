import type { Medium, MediumImage } from "../../src/media/medium.ts";
import { parseWimXml } from "../../src/media/wim-xml.ts";
import { type ModelledImage, wimXml } from "./modelled-media.ts";

/** A medium with these images, as inspection finds it. */
export function medium(images: readonly ModelledImage[], changes: Partial<Medium> = {}): Medium {
  return {
    format: "wim",
    installFile: "sources/install.wim",
    label: "MODELLED",
    images: parseWimXml(wimXml(images)),
    channel: null,
    ...changes,
  };
}

/** The medium with something else said of every image. */
export function changeImages(of: Medium, changes: Partial<MediumImage>): Medium {
  const [first, ...rest] = of.images;
  return { ...of, images: [{ ...first, ...changes }, ...rest.map((image) => ({ ...image, ...changes }))] };
}
