import { generated } from "../contract/filenames.ts";
import { buildFloppy } from "../floppy/image.ts";
import type { Artifact } from "./artifact.ts";

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
