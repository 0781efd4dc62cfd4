import { join } from "node:path";
import { snapshot } from "../contract/filenames.ts";
import type { SnapshotRecord } from "../contract/records.ts";
import type { RevivingStage } from "../contract/stage-config.ts";
import type { StageContext } from "./context.ts";
import type { Place } from "./evidence.ts";
import { type Guest, startGuest } from "./guest.ts";
import { seconds } from "./log.ts";
import { createOverlay } from "./overlay.ts";
import { type Pair, startPair } from "./pair.ts";
import { provideRam } from "./provide-ram.ts";
import type { Display } from "./qemu/command.ts";
import { loadDeviceState } from "./qemu/freeze.ts";
import type { QmpEvent } from "./qmp/protocol.ts";
import { copyVariables, type Uefi } from "./uefi-vars.ts";

/** The revived machine's own disk, in the working folder. */
export const revivedDisk = "disk.qcow2";

/** What a pair is given by whoever started the stage, in the place of a network, an exchange folder and a power watch of its own. */
export interface Surroundings {
  readonly switchSocket: string;
  readonly xchg: string;
  readonly monitors: readonly string[];
  readonly onPower: (event: QmpEvent) => void;
}

export interface ReviveParts {
  readonly place: Place;
  readonly record: SnapshotRecord;
  readonly display?: Display | undefined;
  readonly surroundings?: Surroundings | undefined;
}

/** Guest and controller at the same time; the guest waits, paused, so that its time does not pass before it can be used. */
export async function revive(
  config: RevivingStage,
  context: StageContext,
  parts: ReviveParts,
): Promise<Pair> {
  const { vitals, log } = context;
  const { place, record, surroundings } = parts;
  const { workspace } = place;
  const uefi = await copyVariables({
    code: config.uefiCode,
    from: join(config.snapshot, snapshot.uefiVars),
    to: workspace.file(snapshot.uefiVars),
  });
  // Beside the switch's start: neither needs the other.
  const disk = workspace.file(revivedDisk);
  const overlay = log.timeline.step("guest", "makes its disk's overlay", () =>
    createOverlay({
      qemuImg: config.tools.qemuImg,
      base: join(config.snapshot, snapshot.disk),
      overlay: disk,
      signal: vitals.signal,
    }),
  );
  // Nothing is started behind the scope's back, whatever fails meanwhile.
  const overlayEnds = overlay.catch(() => undefined);
  place.scope.defer(() => overlayEnds);
  const pair = await startPair(place.scope, {
    tools: config.tools,
    controller: config.controller,
    agent: config.agent,
    accelerator: config.hardware.accelerator,
    rtcBase: controllerClock(config, context, record),
    workspace,
    vitals,
    timeline: log.timeline,
    switchSocket: surroundings?.switchSocket,
    xchg: surroundings?.xchg,
    startGuest: async (switchSocket) => {
      await overlay;
      const ram = await provideRam(config, context, { workspace, record });
      return startRevived(config, context, { ...parts, uefi, ram, disk, switchSocket });
    },
  });
  log.line("guest revived, paused until the controller runs, too");
  return pair;
}

async function startRevived(
  config: RevivingStage,
  context: StageContext,
  parts: ReviveParts & {
    readonly uefi: Uefi | null;
    readonly ram: string;
    readonly disk: string;
    readonly switchSocket: string;
  },
): Promise<Guest> {
  const { vitals, log } = context;
  const { place, surroundings } = parts;
  const started = performance.now();
  await using starting = new AsyncDisposableStack();
  const guest = starting.use(
    await startGuest({
      qemu: config.tools.qemu,
      hardware: config.hardware,
      role: { kind: "revive", ram: parts.ram },
      disk: parts.disk,
      uefi: parts.uefi,
      switchSocket: parts.switchSocket,
      display: parts.display,
      monitors: surroundings?.monitors,
      ...(surroundings === undefined ? {} : { onPower: surroundings.onPower }),
      workspace: place.workspace,
      vitals,
      log,
    }),
  );
  place.showGuest(guest);
  await log.timeline.step("guest", "loads memory and devices", () =>
    loadDeviceState(guest, { deviceState: join(config.snapshot, snapshot.deviceState), vitals }),
  );
  log.line(`guest: memory and devices loaded in ${seconds(performance.now() - started)}`);
  starting.move();
  return guest;
}

/** xchg's times have to fit the guest's: the controller starts where the guest was frozen, or at the host's time. */
function controllerClock(config: RevivingStage, context: StageContext, record: SnapshotRecord): string {
  if (config.settings.clock === "host") return isoSeconds(context.host.nowEpochMs());
  if (record.frozenAtEpochSeconds === null) return config.hardware.rtcBase;
  return isoSeconds(record.frozenAtEpochSeconds * 1000);
}

function isoSeconds(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 19);
}
