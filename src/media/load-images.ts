import { mediumFault } from "./fault.ts";
import { findWim, readIso } from "./find-wim.ts";
import type { MediumImage } from "./medium.ts";
import { type MediumFile, readBytes } from "./seven-zip.ts";
import { parseWimHeader, type WimHeader, wimHeaderBytes } from "./wim-header.ts";
import { parseWimXml } from "./wim-xml.ts";
import { XmlFault } from "./xml.ts";

/**
 * The images of a WIM on an ISO. wimlib would need the WIM as a file, 5 GB of it, so only its header and the XML behind it
 * are read: at their place in the ISO where that can be found (a second), else by unpacking up to there (ten).
 * Throws SpecError where the file is no WIM or its description cannot be read.
 */
export async function loadImages(
  sevenZip: string,
  iso: string,
  wim: MediumFile,
): Promise<readonly [MediumImage, ...MediumImage[]]> {
  const head = await readBytes(sevenZip, { iso, path: wim.path, from: 0, bytes: wimHeaderBytes });
  const header = parseWimHeader(head);
  if (typeof header === "string") throw unreadable(iso, wim, header);
  const end = header.xml.offset + header.xml.bytes;
  if (end > wim.bytes) {
    throw unreadable(iso, wim, `its description ends at ${end}, and the file has ${wim.bytes} bytes`);
  }
  const images = (await readInPlace(iso, head, header)) ?? (await unpack(sevenZip, iso, wim, header));
  if (header.imageCount !== images.length) {
    throw unreadable(
      iso,
      wim,
      `its header counts ${header.imageCount} images, its description ${images.length}`,
    );
  }
  return images;
}

type Images = readonly [MediumImage, ...MediumImage[]];

// A file in several extents, or another copy of the same header, has something else in that place: then this is no answer.
async function readInPlace(iso: string, head: Buffer, header: WimHeader): Promise<Images | undefined> {
  const start = await findWim(iso, head);
  if (start === undefined) return undefined;
  try {
    return parseWimXml(await readIso(iso, start + header.xml.offset, header.xml.bytes));
  } catch (error) {
    if (error instanceof XmlFault) return undefined;
    throw error;
  }
}

async function unpack(sevenZip: string, iso: string, wim: MediumFile, header: WimHeader): Promise<Images> {
  const { offset: from, bytes } = header.xml;
  try {
    return parseWimXml(await readBytes(sevenZip, { iso, path: wim.path, from, bytes }));
  } catch (error) {
    if (error instanceof XmlFault) throw unreadable(iso, wim, error.message);
    throw error;
  }
}

function unreadable(iso: string, wim: MediumFile, reason: string): Error {
  return mediumFault(
    iso,
    `${wim.path} cannot be read: ${reason}`,
    "Media of Microsoft can be; get it again, or repair it with wimlib-imagex on the file itself.",
  );
}
