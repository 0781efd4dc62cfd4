import { generated } from "../contract/filenames.ts";
import { buildFloppy } from "../floppy/image.ts";
import type { Artifact } from "./artifact.ts";

/** The answer file, as a file to read and as the floppy that Setup finds before any CD. */
export function renderFloppy(answerFile: string): Artifact[] {
  const content = new TextEncoder().encode(answerFile);
  return [
    { path: `${generated.floppyFolder}/${generated.answerFile}`, content: answerFile },
    {
      path: generated.floppyImage,
      content: buildFloppy({ label: "CASEMENT", files: [{ path: generated.answerFile, content }] }),
    },
  ];
}
