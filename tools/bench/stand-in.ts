import { join } from "node:path";
import { image } from "../../src/contract/filenames.ts";
import { snapshotStageSchema } from "../../src/contract/stage-config.ts";
import { loadImageRecord } from "../../src/runtime/records.ts";
import type { BenchContext } from "./context.ts";
import type { Parts } from "./machines.ts";
import type { Project } from "./project.ts";
import { memoryWorkload } from "./workload.ts";

/** The stand-in's installed image and the controller, both built by Nix where they are not there yet. */
export async function buildStandIn(context: BenchContext, project: Project): Promise<Parts> {
  context.say("builds the stand-in's image and the controller (minutes where they are not there yet)");
  await project.build("windows.image");
  await project.build("windows.controller");
  await project.build("windows.controller.frozen^*");
  // Where outputs go is known where a build runs.
  const config = snapshotStageSchema.omit({ outputs: true }).parse(await project.json("windows.stageConfig"));
  const record = await loadImageRecord(config.image);
  return {
    title: `the stand-in for ${config.release}`,
    hardware: config.hardware,
    disk: join(config.image, image.disk),
    hostKey: record.hostKey,
    access: config.access,
    tools: {
      qemu: config.tools.qemu,
      qemuImg: config.tools.qemuImg,
      vdeSwitch: config.tools.vdeSwitch,
      ...(config.tools.fallocate === undefined ? {} : { fallocate: config.tools.fallocate }),
    },
    controller: config.controller,
    agent: config.agent,
    workload: memoryWorkload,
  };
}
