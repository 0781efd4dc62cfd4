import { z } from "zod";
import type { ControllerStage } from "../../contract/stage-config.ts";
import { GuestError, InternalError } from "../../errors.ts";
import type { StageContext } from "../context.ts";
import type { Place } from "../evidence.ts";
import type { SnapshotFiles } from "../snapshot-files.ts";
import { startController, untilReady } from "./start.ts";

const timeoutMs = 60_000;
const drawnSchema = z.record(z.string(), z.string().regex(/^[0-9a-f]{32,}$/));

/** Earlier than any machine's own clock, and so the shortest leap from the freeze's. */
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
  const same = Object.keys(first).filter((name) => first[name] === second[name]);
  if (Object.keys(first).length === 0) throw new InternalError("the agent names none of its generators");
  if (same.length === 0) return context.log.line("two that are revived share no randomness");
  throw new GuestError("prove", `two revived controllers draw the same random bytes: ${same.join(", ")}`, {
    hint: "OpenSSL of the controller's Node has to take new bytes from the kernel when the clock has moved on by hours, and QEMU needs vmgenid. Report this with the versions of both.",
  });
}

async function draw(
  config: ControllerStage,
  context: StageContext,
  { place, files }: { readonly place: Place; readonly files: SnapshotFiles },
): Promise<Readonly<Record<string, string>>> {
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
  const { text } = await controller.agent.request({ type: "draw-randomness" }, { stage: "prove", timeoutMs });
  const drawn = drawnSchema.parse(JSON.parse(text ?? "{}"));
  await vitals.race(controller.machine.quit());
  return drawn;
}
