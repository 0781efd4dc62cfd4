import { dirname, join } from "node:path";
import { snapshot } from "../../contract/filenames.ts";
import { recordVersion } from "../../contract/records.ts";
import type { ControllerStage } from "../../contract/stage-config.ts";
import { makeBuildId } from "../build-id.ts";
import type { StageContext } from "../context.ts";
import { buildControllerFingerprint } from "../controller/frozen.ts";
import { proveOwnRandomness } from "../controller/prove-randomness.ts";
import { startFreezable, untilAsleep } from "../controller/start.ts";
import { inWorkspace, type Place } from "../evidence.ts";
import { assertAccelerator, assertFreeSpace, assertPrograms } from "../host.ts";
import { outputOf } from "../outputs.ts";
import { describeReading, untilQuiet } from "../quiet.ts";
import { freeze, type Frozen } from "../qemu/freeze.ts";
import { writeControllerRecord, writeRamRecord } from "../records.ts";
import { finishSnapshotFiles, type SnapshotFiles, snapshotFiles, writeEmptyRam } from "../snapshot-files.ts";
import { startSwitch } from "../vde/switch.ts";

/** It boots and reads its programs in about 9 s under emulation. */
const bootTimeoutMs = 300_000;

/** What is left of its load when smbd has nothing to do: it asks for the guest's address thirty times a second. */
const idle = { cpuPercent: 5, diskKiBPerSecond: 1, capMinutes: 1 };

/** Before any machine's own, and no clock that anybody sees: whoever revives it sets it. */
const rtcBase = "2000-01-01T00:00:00";

/** Boots the controller until it sleeps with all that it runs in its memory, and freezes it into the outputs `out` and `ram`. */
export async function freezeController(config: ControllerStage, context: StageContext): Promise<void> {
  const { log, vitals } = context;
  const files = snapshotFiles(outputOf(config, "out"), outputOf(config, "ram"));
  const ramBytes = config.controller.memoryMiB * 2 ** 20;
  await assertPrograms(config.tools);
  await assertAccelerator(config.accelerator);
  await assertFreeSpace(context.host, {
    folder: dirname(files.ramFolder),
    bytes: ramBytes + 64 * 2 ** 20,
    forWhat: `the controller's RAM (${config.controller.memoryMiB} MiB) and what belongs to it`,
  });
  await inWorkspace(config, context, async (place) => {
    log.phase("boot");
    log.line(`controller ${config.name}: boots, accelerator ${config.accelerator}`);
    await writeEmptyRam(files, ramBytes);
    place.scope.use(
      await startSwitch({
        vdeSwitch: config.tools.vdeSwitch,
        socket: place.workspace.path("switchSocket"),
        management: place.workspace.path("switchManagement"),
        vitals,
      }),
    );
    const frozen = await bootAndFreeze(config, context, { place, files });
    const ram = await finishSnapshotFiles(files, {
      ...config.tools,
      fallocate: config.tools.fallocate,
      beside: [],
      signal: vitals.signal,
    });
    log.line(
      `RAM: ${Math.round(ram.bytesOnDisk / 2 ** 20)} MiB on disk, of ${config.controller.memoryMiB} MiB`,
    );
    await place.keepLogs(join(files.folder, snapshot.log));
    log.phase("prove");
    await proveOwnRandomness(config, context, { place, files });
    const buildId = makeBuildId();
    await writeRamRecord(files.ramFolder, { version: recordVersion, buildId });
    const { deviceStateBytes } = frozen;
    const fingerprint = buildControllerFingerprint({
      qemu: config.tools.qemu,
      accelerator: config.accelerator,
      controller: config.controller,
      host: await context.host.cpu(),
    });
    await writeControllerRecord(files.folder, {
      version: recordVersion,
      buildId,
      fingerprint,
      ram,
      deviceStateBytes,
    });
  });
  log.line(`controller ${config.name}: frozen`);
}

async function bootAndFreeze(
  config: ControllerStage,
  context: StageContext,
  { place, files }: { readonly place: Place; readonly files: SnapshotFiles },
): Promise<Frozen> {
  const { log, vitals } = context;
  const { workspace } = place;
  // It ends before another is revived in the same folder.
  await using controller = await startFreezable({
    qemu: config.tools.qemu,
    controller: config.controller,
    accelerator: config.accelerator,
    ram: files.ram,
    rtcBase,
    switchSocket: workspace.path("switchSocket"),
    xchg: workspace.path("xchg"),
    workspace,
    vitals,
    timeline: log.timeline,
  });
  await log.step("waits until the controller is asleep", () =>
    untilAsleep(controller, vitals, bootTimeoutMs),
  );
  await log.step("waits until the controller is quiet", async () => {
    const quiet = { ...idle, seconds: config.quietSeconds };
    const reading = await untilQuiet(controller.machine, quiet, { vitals, log });
    log.line(`${reading.quiet ? "quiet" : "frozen although it is not quiet"}: ${describeReading(reading)}`);
  });
  log.phase("freeze");
  const frozen = await freeze(controller.machine, { deviceState: files.deviceState, vitals });
  log.line(`frozen in ${(frozen.tookMs / 1000).toFixed(3)} s, from stop until the device state was written`);
  await vitals.race(controller.machine.quit());
  return frozen;
}
