import { answerFileName, generated } from "../contract/filenames.ts";
import { InternalError } from "../errors.ts";
import type { Plan } from "../plan/plan.ts";
import { UnrepresentableError } from "../text/unrepresentable.ts";
import { renderAnswerFile } from "../unattend/answer-file.ts";
import { renderWinntSif } from "../unattend/winnt-sif.ts";
import type { Artifact } from "./artifact.ts";
import { renderBootstrap } from "./bootstrap.ts";
import { renderController } from "./controller.ts";
import { renderDefaultNix } from "./default-nix.ts";
import { renderFloppyImage } from "./floppy.ts";
import { renderGitattributes } from "./gitattributes.ts";
import { renderMachine } from "./machine.ts";
import { answerSettings, bootstrapSettings, controllerSettings } from "./settings.ts";

/** Everything that one plan becomes, sorted by path. Cygwin's lock is not among it: locking packages comes later. */
export function renderAll(plan: Plan): Artifact[] {
  const files = renderFiles(plan);
  // A machine without a floppy drive finds the answer file at the root of the bootstrap medium.
  if (plan.hardware.floppy) files.push(renderFloppyImage(files));
  return files.sort((left, right) => (left.path < right.path ? -1 : 1));
}

/** The same without the floppy's image, which takes longer than all the rest and holds nothing of its own; in no order. */
export function renderFiles(plan: Plan): Artifact[] {
  try {
    const { family } = plan.release;
    const render = family === "xp" ? renderWinntSif : renderAnswerFile;
    const answerFile = render(answerSettings(plan));
    const onFloppy = { path: `${generated.floppyFolder}/${answerFileName(family)}`, content: answerFile };
    return [
      renderDefaultNix(plan),
      renderMachine(plan),
      renderGitattributes(),
      ...(plan.hardware.floppy ? [onFloppy] : []),
      ...renderBootstrap(bootstrapSettings(plan), answerFile),
      ...renderController(controllerSettings(plan)),
    ];
  } catch (error) {
    // The spec refuses what a target language cannot hold; getting here means that it let something through.
    if (error instanceof UnrepresentableError) throw new InternalError(error.message, { cause: error });
    throw error;
  }
}
