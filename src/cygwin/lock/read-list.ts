import { createHash } from "node:crypto";
import { ToolError } from "../../errors.ts";
import { decompressText } from "../decompress.ts";
import type { CygwinLock } from "../lock-schema.ts";
import { parseSetupIni } from "../setup-ini/parse.ts";
import { SetupIniError } from "../setup-ini/setup-ini-error.ts";
import type { SetupIni } from "../setup-ini/setup-ini.ts";
import { archiveUrl, checkSignature, isUrl, needSource, readSource, type Sources } from "./sources.ts";

export type Arch = CygwinLock["list"]["arch"];

/** A list that was read, and what the lock says of it. */
export interface ReadList {
  readonly list: SetupIni;
  readonly about: CygwinLock["list"];
  /** A file or an address. */
  readonly source: string;
}

/** Reads a list, packed or not, checks its signature and parses it. Throws ToolError with file, line and column. */
export async function readList(source: string, arch: Arch, sources: Sources): Promise<ReadList> {
  return parseList(source, await needSource(source, "the list of packages", sources), arch, sources);
}

/** The list of an archive: setup.zst, .xz, .bz2 or .ini, the first that is there, as setup looks for it. */
export async function findList(archive: string, arch: Arch, sources: Sources): Promise<ReadList> {
  const tried = listNames.map((name) => archiveUrl(archive, `${arch}/${name}`));
  for (const url of tried) {
    const bytes = await readSource(url, sources);
    if (bytes !== undefined) return parseList(url, bytes, arch, sources);
  }
  throw new ToolError(`${archive}: no list of packages there; looked for ${tried.join(", ")}`, {
    hint: "Name the folder that holds x86_64 and noarch, or the list itself: --setup-ini URL",
  });
}

const listNames = ["setup.zst", "setup.xz", "setup.bz2", "setup.ini"] as const;

async function parseList(source: string, bytes: Buffer, arch: Arch, sources: Sources): Promise<ReadList> {
  const signedBy = await checkSignature(source, bytes, sources);
  const list = parseOrExplain(source, await decompressText(source, bytes));
  const { headers } = list;
  if (headers.arch !== undefined && headers.arch !== arch)
    throw new ToolError(`${source}: holds packages for ${headers.arch}, and this spec's Cygwin is ${arch}`, {
      hint: `Name a list for ${arch}.`,
    });
  const about = {
    url: isUrl(source) ? source : null,
    sha512: createHash("sha512").update(bytes).digest("hex"),
    signedBy,
    release: headers.release ?? null,
    arch,
    timestamp: headers.timestamp ?? null,
  };
  return { list, about, source };
}

function parseOrExplain(source: string, text: string): SetupIni {
  try {
    return parseSetupIni(text);
  } catch (error) {
    if (!(error instanceof SetupIniError)) throw error;
    throw new ToolError(`${source}:${error.message}`, {
      hint: "This is no setup.ini, or one that was damaged on its way; fetch it again.",
      cause: error,
    });
  }
}
