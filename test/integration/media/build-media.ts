import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { run } from "../../../src/process/run.ts";
import { skipWithout } from "../../support/external-tools.ts";

/** Why tests with real media are skipped, or false. */
export const skipWithoutMediaTools = skipWithout(["7zz", "genisoimage", "xorriso", "wimlib-imagex"]);

export interface WimImageSpec {
  readonly name: string;
  readonly editionId: string;
  readonly languages?: readonly string[];
  readonly build?: number;
}

/** A WIM (or, by its ending, an ESD) with real files in it and these images. */
export async function makeWim(file: string, images: readonly WimImageSpec[]): Promise<void> {
  const tree = `${file}.tree`;
  await mkdir(join(tree, "Windows/System32"), { recursive: true });
  await mkdir(dirname(file), { recursive: true });
  for (const [at, image] of images.entries()) {
    await writeFile(join(tree, "Windows/System32", `${at}.dll`), `${at}`.repeat(50_000));
    const properties = [
      "WINDOWS/ARCH=9",
      `WINDOWS/EDITIONID=${image.editionId}`,
      ...(image.languages ?? ["en-US"]).map((name, n) => `WINDOWS/LANGUAGES/LANGUAGE[${n + 1}]=${name}`),
      `WINDOWS/LANGUAGES/DEFAULT=${image.languages?.[0] ?? "en-US"}`,
      `WINDOWS/VERSION/BUILD=${image.build ?? 26100}`,
    ].map((property) => `--image-property=${property}`);
    await run({
      file: "wimlib-imagex",
      args: [
        at === 0 ? "capture" : "append",
        tree,
        file,
        image.name,
        ...(file.endsWith(".esd") && at === 0 ? ["--solid"] : []),
        ...properties,
      ],
    });
  }
}

/** An ISO as Microsoft's are: UDF, with ISO 9660 beside it. */
export async function makeUdfIso(folder: string, iso: string): Promise<string> {
  await run({
    file: "genisoimage",
    args: ["-quiet", "-udf", "-iso-level", "3", "-V", "UDF_MEDIUM", "-o", iso, folder],
  });
  return iso;
}

/** An ISO without UDF, as the stand-in and those of Windows XP are. */
export async function makePlainIso(folder: string, iso: string): Promise<string> {
  await run({
    file: "xorriso",
    args: ["-as", "mkisofs", "-quiet", "-J", "-joliet-long", "-V", "PLAIN", "-o", iso, folder],
  });
  return iso;
}
