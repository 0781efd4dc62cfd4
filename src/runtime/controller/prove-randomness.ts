import type { ControllerStage } from "../../contract/stage-config.ts";
import { GuestError } from "../../errors.ts";
import type { StageContext } from "../context.ts";
import type { Place } from "../evidence.ts";
import type { SnapshotFiles } from "../snapshot-files.ts";
import { startController, untilReady } from "./start.ts";

const timeoutMs = 60_000;

const rtcBase = "2001-01-01T00:00:00";

/**
 * Revives the frozen controller twice and compares what its generators give. Nothing that was frozen may decide what a run draws: session
 * keys would be the same in all of them. Throws GuestError where a generator gives the same twice.
 */
export async function proveOwnRandomness(
  config: ControllerStage,
  context: StageContext,
  parts: { readonly place: Place; readonly files: SnapshotFiles },
): Promise<void> {
  const first = await draw(config, context, parts);
  const second = await draw(config, context, parts);
  if (first !== second) return context.log.line("two that are revived share no randomness");
  throw new GuestError("prove", "two revived controllers draw the same random bytes", {
    observation: `both drew: ${first}`,
    hint: "The controller's kernel has to notice that it was revived, for which QEMU needs vmgenid. Report this with the versions of both.",
  });
}

async function draw(
  config: ControllerStage,
  context: StageContext,
  { place, files }: { readonly place: Place; readonly files: SnapshotFiles },
): Promise<string> {
  const { workspace } = place;
  const { vitals } = context;
  await using controller = await startController({
    qemu: config.tools.qemu,
    controller: { ...config.controller, frozen: { folder: files.folder, ram: files.ramFolder } },
    accelerator: config.accelerator,
    rtcBase,
    switchSocket: workspace.path("switchSocket"),
    xchg: workspace.path("xchg"),
    workspace,
    vitals,
    timeline: context.log.timeline,
  });
  await untilReady(controller, vitals, timeoutMs);
  const drawn = await controller.words.random();
  if (!/^[0-9a-f]{64}$/.test(drawn))
    throw new GuestError("prove", `expected 32 random bytes, got ${JSON.stringify(drawn)}`);
  await vitals.race(controller.machine.quit());
  return drawn;
}
