import { generated } from "../contract/filenames.ts";
import { CLUSTER_BYTES, CLUSTER_COUNT } from "../floppy/geometry.ts";
import { buildFloppy } from "../floppy/image.ts";
import type { Artifact } from "./artifact.ts";

/** What a floppy has room for, all of it for the one file. Only extra settings can make an answer file larger. */
export const answerFileMaxBytes = CLUSTER_COUNT * CLUSTER_BYTES;

/** The floppy that Setup finds before any CD, with those of the files that lie on it. */
export function renderFloppyImage(files: readonly Artifact[]): Artifact {
  const folder = `${generated.floppyFolder}/`;
  const onIt = files
    .filter(({ path }) => path.startsWith(folder))
    .map(({ path, content }) => ({ path: path.slice(folder.length), content: bytesOf(content) }));
  return { path: generated.floppyImage, content: buildFloppy({ label: "CASEMENT", files: onIt }) };
}

function bytesOf(content: Artifact["content"]): Uint8Array {
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}
