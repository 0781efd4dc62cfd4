import { join } from "node:path";
import { image } from "../contract/filenames.ts";
import type { BootingStage } from "../contract/stage-config.ts";
import type { StageContext } from "./context.ts";
import type { Place } from "./evidence.ts";
import { startGuest } from "./guest.ts";
import { createOverlay } from "./overlay.ts";
import { type Pair, startPair } from "./pair.ts";
import type { GuestRole } from "./qemu/command.ts";
import type { QmpEvent } from "./qmp/protocol.ts";
import { copyVariables } from "./uefi-vars.ts";

/** Boots an image on a new disk that is an overlay of it, with a copy of its UEFI variables, beside a controller. */
export async function boot(
  config: BootingStage,
  context: StageContext,
  parts: {
    readonly place: Place;
    /** Where disk and variables are made. */
    readonly disk: string;
    readonly uefiVars: string;
    readonly role: GuestRole;
    readonly onPower: (event: QmpEvent) => void;
  },
): Promise<Pair> {
  const { log, vitals } = context;
  const { place, disk } = parts;
  await createOverlay({
    qemuImg: config.tools.qemuImg,
    base: join(config.image, image.disk),
    overlay: disk,
    signal: vitals.signal,
  });
  const from = join(config.image, image.uefiVars);
  const uefi = await copyVariables({ code: config.uefiCode, from, to: parts.uefiVars });
  return startPair(place.scope, {
    tools: config.tools,
    controller: config.controller,
    agent: config.agent,
    accelerator: config.hardware.accelerator,
    rtcBase: config.hardware.rtcBase,
    workspace: place.workspace,
    vitals,
    timeline: log.timeline,
    startGuest: async (switchSocket) => {
      const guest = await startGuest({
        qemu: config.tools.qemu,
        hardware: config.hardware,
        role: parts.role,
        disk,
        uefi,
        switchSocket,
        workspace: place.workspace,
        vitals,
        log,
        onPower: parts.onPower,
      });
      place.showGuest(guest);
      return guest;
    },
  });
}
