import { join } from "node:path";
import { image } from "../contract/filenames.ts";
import type { ImageStage } from "../contract/stage-config.ts";
import type { StageContext } from "./context.ts";
import type { Place } from "./evidence.ts";
import { type Guest, startGuest } from "./guest.ts";
import { createInstallWatch, type InstallWatch } from "./install-watch.ts";
import { outputOf } from "./outputs.ts";
import { boardOf } from "./qemu/board.ts";
import { readDriveBytes } from "./qemu/measures.ts";
import { describeBeacon } from "./serial.ts";
import type { Uefi } from "./uefi-vars.ts";
import { pause } from "./vitals.ts";

export interface Installation {
  readonly bootstrapIso: string;
  readonly uefi: Uefi | null;
}

const verdictEveryMs = 250;
const trafficEveryMs = 2000;

/**
 * Boots the install medium and follows the installation until the guest has shut itself down. Ends with a GuestError
 * that names the stage: at a `failed` beacon at once, without progress after the settings' time.
 */
export async function install(
  config: ImageStage,
  context: StageContext,
  parts: Installation & { readonly place: Place },
): Promise<void> {
  const { log, vitals } = context;
  const watch = createInstallWatch({
    ...config.settings,
    // Windows on arm64 lacks serial.sys (A78).
    beacons: boardOf(config.hardware) !== "virt",
    startedMs: performance.now(),
  });
  const pictures: Promise<void>[] = [];
  log.phase(watch.stage());
  const guest = await startGuest({
    qemu: config.tools.qemu,
    hardware: config.hardware,
    role: { kind: "install", ...config.media, bootstrapIso: parts.bootstrapIso },
    disk: join(outputOf(config, "out"), image.disk),
    uefi: parts.uefi,
    // The installation needs no network, and gets none.
    switchSocket: null,
    workspace: parts.place.workspace,
    vitals,
    log,
    onBeacon(beacon) {
      watch.beacon(beacon, performance.now());
      if (beacon.kind === "stage") {
        log.phase(beacon.stage);
        pictures.push(parts.place.keepScreenshot(`stage-${beacon.stage}`));
      } else log.about("guest", describeBeacon(beacon));
    },
    onPower(event) {
      if (event.name !== "RESET") return;
      log.line(`the guest restarts (${watch.restarted(performance.now())})`);
    },
  });
  parts.place.scope.use(guest);
  parts.place.showGuest(guest);
  await untilInstalled(guest, watch, { config, context });
  // One that QEMU is slow to take would be written to a folder that has gone.
  await vitals.race(Promise.all(pictures));
  await vitals.race(guest.quit());
}

async function untilInstalled(
  guest: Guest,
  watch: InstallWatch,
  { config, context }: { readonly config: ImageStage; readonly context: StageContext },
): Promise<void> {
  const { log, vitals } = context;
  const keys = config.hardware.firmware === "uefi" ? createKeyPresser(guest) : undefined;
  let measuredMs = Number.NEGATIVE_INFINITY;
  for (;;) {
    if (hasShutDown(guest)) {
      await untilSilent(guest);
      watch.shutDown(performance.now());
    }
    const nowMs = performance.now();
    if (nowMs - measuredMs >= trafficEveryMs) {
      measuredMs = nowMs;
      const drives = await readDriveBytes(guest);
      let total = 0;
      for (const { read, written } of drives.values()) total += read + written;
      watch.traffic(total, nowMs);
      log.standing(watch.standing(nowMs));
      await keys?.press(drives.get("cd0")?.read ?? 0);
    }
    const verdict = watch.verdict(nowMs);
    if (verdict.kind === "installed") return;
    if (verdict.kind === "failed") {
      // ErrorHandler.cmd sends Setup's own logs after the beacon: they are the best evidence there is.
      await untilSilent(guest);
      throw verdict.error;
    }
    await vitals.race(pause(verdictEveryMs));
  }
}

function hasShutDown(guest: Guest): boolean {
  return guest.qmp.events.some((event) => event.name === "SHUTDOWN" && event.data["guest"] === true);
}

/** Serial port and QMP are two sockets: what the guest said before an event may still be on its way. */
async function untilSilent(guest: Guest): Promise<void> {
  const started = performance.now();
  for (;;) {
    await pause(100);
    const now = performance.now();
    const silentMs = now - Math.max(started, guest.serial.lastByteAtMs() ?? started);
    if (silentMs >= 500 || now - started >= 10_000) return;
  }
}

/**
 * UEFI's loader on a Windows medium asks to "press any key to boot from CD" and goes on after five seconds without it.
 * Keys go out until the CD is really read (the loader's question is within its first megabytes) or the first restart.
 */
function createKeyPresser(guest: Guest): { press(cdBytesRead: number): Promise<void> } {
  const started = performance.now();
  return {
    async press(cdBytesRead) {
      const restarted = guest.qmp.events.some((event) => event.name === "RESET");
      if (restarted || cdBytesRead > 20 * 2 ** 20 || performance.now() - started > 120_000) return;
      await guest.execute("send-key", { keys: [{ type: "qcode", data: "ret" }] });
    },
  };
}
