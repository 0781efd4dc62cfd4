import * as z from "zod";

/** casement.manifest.json: which files of an output folder casement owns, and the one value that it made up. */
export const manifestVersion = 1;

/** Relative, forward slashes, no part that leads out of the folder, hides, or begins or ends with a blank. */
export const artifactPath =
  /^(?!.*(^|\/)\.{1,2}(\/|$))(?!.*(^|\/) )(?!.* (\/|$))[A-Za-z0-9._+ -]+(\/[A-Za-z0-9._+ -]+)*$/;

const files = z.record(z.string().regex(artifactPath), z.string().regex(/^[0-9a-f]{64}$/));

export const manifestSchema = z.strictObject({
  version: z.literal(manifestVersion),
  /** Version of the casement that wrote it. */
  generator: z.string(),
  /** The account's password that generate made; null when the spec gives one. Not a secret (docs/decisions.md). */
  password: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._+@~-]{0,63}$/)
    .nullable(),
  /** SHA-256 of each owned file as casement wrote it. */
  files,
  /** Files that the spec names (windows.files), relative to its folder; absent where it names none. nix/drift-check.nix reads it. */
  sources: z.array(z.string()).optional(),
  /** Only while files are being written, or after a crash: what they are becoming. */
  pending: files.optional(),
});
export type Manifest = z.infer<typeof manifestSchema>;
