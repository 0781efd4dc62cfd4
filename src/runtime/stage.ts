import type { StageConfig } from "../contract/stage-config.ts";
import type { StageContext } from "./context.ts";
import { toProcessExitCode } from "./exit-code.ts";
import { freezeController } from "./stages/controller.ts";
import { debug } from "./stages/debug.ts";
import { buildImage } from "./stages/image.ts";
import { runCommand } from "./stages/run.ts";
import { buildLayer } from "./stages/layer.ts";
import { buildSnapshot } from "./stages/snapshot.ts";
import { serveTest } from "./stages/test-node.ts";

/** Does the stage that the configuration names; the exit code of the runtime. */
export async function performStage(config: StageConfig, context: StageContext): Promise<number> {
  switch (config.stage) {
    case "controller":
      await freezeController(config, context);
      break;
    case "image":
      await buildImage(config, context);
      break;
    case "snapshot":
      await buildSnapshot(config, context);
      break;
    case "layer":
      return toProcessExitCode(await buildLayer(config, context));
    case "debug":
      return toProcessExitCode(await debug(config, context));
    case "test-node":
      await serveTest(config, context);
      break;
    case "run":
      return toProcessExitCode(await runCommand(config, context));
  }
  return 0;
}
