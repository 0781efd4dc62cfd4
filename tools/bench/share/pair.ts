import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { snapshot } from "../../../src/contract/filenames.ts";
import { runStageSchema, snapshotStageSchema } from "../../../src/contract/stage-config.ts";
import { keptRam } from "../../../src/runtime/ram-file.ts";
import type { Machine } from "../../../src/runtime/qemu/machine.ts";
import type { BenchContext } from "../context.ts";
import { overlayOf, revive } from "../guests.ts";
import { type Lab, openLab, type Parts } from "../machines.ts";
import type { Project } from "../project.ts";

/** A lab whose guest is there, too. */
export interface Pair extends Lab {
  readonly guest: Machine;
}

const controllerSchema = z.object({ controller: snapshotStageSchema.shape.controller });
const snapshotSchema = z.object({
  hardware: runStageSchema.shape.hardware,
  snapshot: z.string(),
  ram: z.string(),
});

/**
 * A revived guest with a revived controller beside it, as a run has them, but for the bench's hand in the controller.
 * Leaving the scope ends both.
 */
export async function revivePair(context: BenchContext, project: Project, parts: Parts): Promise<Pair> {
  context.say(
    "share: builds the snapshot and a controller that obeys the bench where they are not there yet",
  );
  await copyFile(join(import.meta.dirname, "obey.sh"), join(project.folder, "obey.sh"));
  await project.build("with-orders.controller.frozen^*");
  const { controller } = controllerSchema.parse(await project.json("with-orders.stageConfig"));
  await project.build("windows^*");
  const config = snapshotSchema.parse(await project.json("fresh.stageConfig"));
  const { hardware } = config;
  await using scope = new AsyncDisposableStack();
  const lab = scope.use(
    await openLab({ ...parts, controller, hardware }, { top: context.folder, vitals: context.vitals }),
  );
  const { guest } = scope.use(
    await revive(lab, {
      hardware,
      ram: keptRam(config.ram, "sparse"),
      deviceState: join(config.snapshot, snapshot.deviceState),
      disk: await overlayOf(lab, join(config.snapshot, snapshot.disk), lab.workspace.file("disk.qcow2")),
    }),
  );
  const owned = scope.move();
  return { ...lab, guest, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
