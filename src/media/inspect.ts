import { parseChannel } from "./channel.ts";
import { mediumFault } from "./fault.ts";
import { identifyLegacy } from "./legacy.ts";
import { loadImages } from "./load-images.ts";
import type { Medium, MediumImage } from "./medium.ts";
import { listFiles, type MediumFile, readBytes } from "./seven-zip.ts";
import { loadVolume } from "./volume.ts";

/**
 * Reads what an install ISO holds, without unpacking it. `sevenZip` is the program's path. Throws SpecError for a file
 * that is no install medium, ToolError where the program fails.
 */
export async function inspectMedium(iso: string, sevenZip: string): Promise<Medium> {
  const volume = await loadVolume(iso);
  const files = await listFiles(sevenZip, iso, volume.bytes);
  const wim = findInstallFile(iso, files);
  if (wim === undefined) return inspectLegacy(iso, files, volume.label);
  const channel = await loadChannel(sevenZip, iso, files);
  const [first, ...rest] = await loadImages(sevenZip, iso, wim.file);
  // Windows 7's evaluation media say it here only (A84).
  const mark = (image: MediumImage): MediumImage =>
    channel?.toLowerCase() === "eval" ? { ...image, evaluation: true } : image;
  return {
    format: wim.format,
    installFile: wim.file.path,
    label: volume.label,
    images: [mark(first), ...rest.map(mark)],
    channel,
  };
}

const installFile = /^(?<folder>x86\/|x64\/)?sources\/install\.(?<format>wim|esd|swm)$/i;

function findInstallFile(
  iso: string,
  files: readonly MediumFile[],
): { readonly file: MediumFile; readonly format: "wim" | "esd" | "swm" } | undefined {
  const found = files.flatMap((file) => {
    const groups = installFile.exec(file.path)?.groups;
    const format = formats.find((name) => name === groups?.["format"]?.toLowerCase());
    return format === undefined ? [] : [{ file, format, folder: groups?.["folder"] }];
  });
  const plain = found.find(({ folder }) => folder === undefined);
  if (plain === undefined && found.length > 0) {
    throw mediumFault(
      iso,
      `is two media in one: ${found.map(({ file }) => file.path).join(", ")}`,
      "Make one for a single architecture; Microsoft's media creation tool asks for it.",
    );
  }
  return plain;
}

const formats = ["wim", "esd", "swm"] as const;

function inspectLegacy(iso: string, files: readonly MediumFile[], label: string): Medium {
  const legacy = identifyLegacy(files.map(({ path }) => path));
  if (legacy !== undefined) {
    return { format: "i386", installFile: legacy.installFile, label, images: [legacy.image], channel: null };
  }
  throw mediumFault(
    iso,
    `is no Windows install medium: it has neither sources/install.wim (.esd, .swm) nor I386/TXTSETUP.SIF; it has ${describeRoot(files)}`,
    "Name the ISO that Windows is installed from, not one with drivers, updates or a repair system.",
  );
}

function describeRoot(files: readonly MediumFile[]): string {
  const names = [...new Set(files.map(({ path }) => path.split("/", 1)[0] ?? path))];
  const shown = names.slice(0, 8).map((name) => JSON.stringify(name));
  return names.length === 0 ? "no files" : [...shown, ...(names.length > 8 ? ["…"] : [])].join(", ");
}

async function loadChannel(
  sevenZip: string,
  iso: string,
  files: readonly MediumFile[],
): Promise<string | null> {
  const file = files.find(({ path }) => path.toLowerCase() === "sources/ei.cfg");
  if (file === undefined) return null;
  return parseChannel(await readBytes(sevenZip, { iso, path: file.path, from: 0, bytes: 4096 }));
}
