import { generated } from "../contract/filenames.ts";
import { CLUSTER_BYTES, CLUSTER_COUNT } from "../floppy/geometry.ts";
import { buildFloppy } from "../floppy/image.ts";
import type { Artifact } from "./artifact.ts";

/** What a floppy has room for, all of it for the one file. Only extra settings can make an answer file larger. */
export const answerFileMaxBytes = CLUSTER_COUNT * CLUSTER_BYTES;

/** The answer file of that name, as a file to read and as the floppy that Setup finds before any CD. */
export function renderFloppy(name: string, answerFile: string): Artifact[] {
  const content = new TextEncoder().encode(answerFile);
  return [
    { path: `${generated.floppyFolder}/${name}`, content: answerFile },
    {
      path: generated.floppyImage,
      content: buildFloppy({ label: "CASEMENT", files: [{ path: name, content }] }),
    },
  ];
}
