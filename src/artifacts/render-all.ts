import { answerFileName } from "../contract/filenames.ts";
import { InternalError } from "../errors.ts";
import type { Plan } from "../plan/plan.ts";
import { UnrepresentableError } from "../text/unrepresentable.ts";
import { renderAnswerFile } from "../unattend/answer-file.ts";
import { renderWinntSif } from "../unattend/winnt-sif.ts";
import type { Artifact } from "./artifact.ts";
import { renderBootstrap } from "./bootstrap.ts";
import { renderController } from "./controller.ts";
import { renderDefaultNix } from "./default-nix.ts";
import { renderFloppy } from "./floppy.ts";
import { renderGitattributes } from "./gitattributes.ts";
import { renderMachine } from "./machine.ts";
import { answerSettings, bootstrapSettings, controllerSettings } from "./settings.ts";

/** Everything that one plan becomes, sorted by path. Cygwin's lock is not among it: locking packages comes later. */
export function renderAll(plan: Plan): Artifact[] {
  try {
    const { family } = plan.release;
    const render = family === "xp" ? renderWinntSif : renderAnswerFile;
    const answerFile = render(answerSettings(plan));
    const artifacts = [
      renderDefaultNix(plan),
      renderMachine(plan),
      renderGitattributes(),
      // A machine without a floppy drive finds the answer file at the root of the bootstrap medium.
      ...(plan.hardware.floppy ? renderFloppy(answerFileName(family), answerFile) : []),
      ...renderBootstrap(bootstrapSettings(plan), answerFile),
      ...renderController(controllerSettings(plan)),
    ];
    return artifacts.sort((left, right) => (left.path < right.path ? -1 : 1));
  } catch (error) {
    // The spec refuses what a target language cannot hold; getting here means that it let something through.
    if (error instanceof UnrepresentableError) throw new InternalError(error.message, { cause: error });
    throw error;
  }
}
