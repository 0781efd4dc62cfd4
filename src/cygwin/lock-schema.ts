import { z } from "zod";

/** cygwin.lock.json: which packages a spec's Cygwin has, to the byte. Written by `casement lock`, read by generate and nix/. */
export const lockVersion = 1;

/** In an archive: relative, forward slashes, no part that leads out or hides; the characters that setup.ini has for words. */
const archivePath = /^(?!.*(^|\/)\.{1,2}(\/|$))[A-Za-z0-9._+~!-]+(\/[A-Za-z0-9._+~!-]+)*$/;

const sha512 = z.string().regex(/^[0-9a-f]{128}$/);
const url = z.string().regex(/^https?:\/\/[^\s"]+$/);
const size = z.int().nonnegative();
/** No quotation mark, which setup.ini cannot hold. */
const text = z.string().regex(/^[^"]*$/);
/** What setup.ini takes without quotation marks. */
const word = z.string().regex(/^[!A-Za-z0-9_./:+~-]+$/);
/** As setup.ini writes them: `name` or `name (>= 1.2-3)`. */
const dependencies = z.array(
  z.string().regex(/^[!A-Za-z0-9_./:+~-]+( \((=|<|>|<=|>=) [!A-Za-z0-9_./:+~-]+\))?$/),
);
/** Fingerprint of the key that signed it; null where no signature was checked. */
const signedBy = z
  .string()
  .regex(/^[0-9A-F]{40}$/)
  .nullable();

const lockedPackageSchema = z.strictObject({
  name: word,
  version: word,
  /** In the archive. */
  path: z.string().regex(archivePath),
  size,
  sha512,
  categories: z.array(word),
  summary: text.optional(),
  depends: dependencies,
  obsoletes: dependencies.optional(),
  provides: dependencies.optional(),
  conflicts: dependencies.optional(),
});
export type LockedPackage = z.infer<typeof lockedPackageSchema>;

export const lockSchema = z.strictObject({
  version: z.literal(lockVersion),
  /** Addresses of one and the same archive; empty where the packages come from a folder. */
  archives: z.array(url),
  /** The list that was read. */
  list: z.strictObject({
    /** Null for a file. */
    url: url.nullable(),
    sha512,
    signedBy,
    release: z.string().nullable(),
    arch: z.enum(["x86_64", "x86"]),
    /** Seconds since 1970. */
    timestamp: z.int().nullable(),
  }),
  /** setup-x86_64.exe or setup-x86.exe. */
  setup: z.strictObject({ url: url.nullable(), version: z.string().nullable(), size, sha512, signedBy }),
  /** Version of the Windows that it was resolved for, such as `10.0.19045`. */
  windows: word,
  /** What was asked for beside the category Base. */
  wanted: z.array(word),
  packages: z.array(lockedPackageSchema),
});
export type CygwinLock = z.infer<typeof lockSchema>;
