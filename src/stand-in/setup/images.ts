import type { AnswerTarget } from "../../unattend/validate.ts";

/** An image of a WIM. */
export interface WimImage {
  readonly index: number;
  readonly name: string;
  readonly description: string;
}

/** Reads what `wimlib-imagex info` prints. */
export function parseWimInfo(output: string): WimImage[] {
  return output
    .split(/^Index:/m)
    .slice(1)
    .map((block) => ({
      index: Number(/^\s*(\d+)/.exec(block)?.[1]),
      name: /^Name:\s*(.*)$/m.exec(block)?.[1]?.trim() ?? "",
      description: /^Description:\s*(.*)$/m.exec(block)?.[1]?.trim() ?? "",
    }));
}

/** The image that the answer file names, or the reason why Setup would ask, with the images that the WIM has. */
export function chooseImage(
  images: readonly WimImage[],
  wanted: { readonly key: string; readonly value: string },
): WimImage | string {
  const has = `the WIM has ${images.map((image) => `${image.index} "${image.name}"`).join(", ")}`;
  const fits: Readonly<Record<string, (image: WimImage) => boolean>> = {
    "/IMAGE/INDEX": (image) => String(image.index) === wanted.value,
    "/IMAGE/NAME": (image) => image.name.toLowerCase() === wanted.value.toLowerCase(),
    "/IMAGE/DESCRIPTION": (image) => image.description.toLowerCase() === wanted.value.toLowerCase(),
  };
  const test = fits[wanted.key];
  if (test === undefined) return `InstallFrom/MetaData names no image (Key "${wanted.key}"); ${has}`;
  return images.find(test) ?? `no image has ${wanted.key} "${wanted.value}"; ${has}`;
}

/** The release's generation and product by its image's name, as far as the name tells them. */
export function familyOf(imageName: string): Pick<AnswerTarget, "family" | "product"> {
  return families.find(({ name }) => name.test(imageName))?.target ?? {};
}

const families: readonly {
  readonly name: RegExp;
  readonly target: Pick<AnswerTarget, "family" | "product">;
}[] = [
  { name: /^Windows Server 2008 R2\b/i, target: { family: "7", product: "server" } },
  { name: /^Windows Server 2012 R2\b/i, target: { family: "8.1", product: "server" } },
  { name: /^Windows Server 20(16|19)\b/i, target: { family: "10", product: "server" } },
  { name: /^Windows Server 20(22|25)\b/i, target: { family: "11", product: "server" } },
  { name: /^Windows 7\b/i, target: { family: "7", product: "client" } },
  { name: /^Windows 8\.1\b/i, target: { family: "8.1", product: "client" } },
  { name: /^Windows 10\b/i, target: { family: "10", product: "client" } },
  { name: /^Windows 11\b/i, target: { family: "11", product: "client" } },
];
