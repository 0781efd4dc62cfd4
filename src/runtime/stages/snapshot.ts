import { dirname, join } from "node:path";
import { snapshot } from "../../contract/filenames.ts";
import { type ImageRecord, recordVersion, type SnapshotRecord } from "../../contract/records.ts";
import type { SnapshotStage } from "../../contract/stage-config.ts";
import { boot } from "../boot.ts";
import { makeBuildId } from "../build-id.ts";
import { guestTitle, type StageContext } from "../context.ts";
import { assertFrozenController } from "../controller/frozen.ts";
import { inWorkspace, type Place } from "../evidence.ts";
import { buildFingerprint } from "../fingerprint.ts";
import { assertAccelerator, assertFreeSpace, assertPrograms } from "../host.ts";
import { assertSameInstalledHardware } from "../installed-hardware.ts";
import { outputOf } from "../outputs.ts";
import type { Pair } from "../pair.ts";
import { createPowerWatch } from "../power-watch.ts";
import { freeze, type Frozen } from "../qemu/freeze.ts";
import { readGuestClock } from "../qemu/measures.ts";
import { loadImageRecord, writeRamRecord, writeSnapshotRecord } from "../records.ts";
import { checkSession, settle, untilBooted, zeroFreeMemory } from "../settle.ts";
import { finishSnapshotFiles, type SnapshotFiles, snapshotFiles, writeEmptyRam } from "../snapshot-files.ts";
import { hashVariables } from "../uefi-vars.ts";

/** Room that the overlay and the device state may take besides the RAM. */
const marginBytes = 512 * 2 ** 20;

/** Boots an overlay of the image, waits until it is quiet, and freezes it into the outputs `out` and `ram`. */
export async function buildSnapshot(config: SnapshotStage, context: StageContext): Promise<void> {
  const { log } = context;
  const record = await loadImageRecord(config.image);
  assertSameInstalledHardware(record, config);
  await assertFrozenController(config, config.hardware.accelerator, context.host);
  await assertPrograms(config.tools);
  await assertAccelerator(config.hardware.accelerator);
  await assertRoomForRam(config, context);
  await inWorkspace(config, context, async (place) => {
    const files = filesOf(config, place);
    log.phase("boot");
    log.line(
      `snapshot ${config.name}: boots ${guestTitle(config)}, accelerator ${config.hardware.accelerator}`,
    );
    await writeEmptyRam(files, ramBytes(config));
    const power = createPowerWatch(context);
    // Windows may restart once more at its first boots.
    power.expect(["RESET"]);
    const pair = await boot(config, context, {
      place,
      disk: files.disk,
      uefiVars: files.uefiVars,
      role: { kind: "freeze", ram: files.ram },
      onPower: (event) => power.onPower(event),
    });
    const parts = { config, hostKey: record.hostKey };
    await log.step("waits for the controller's shares", () => pair.shares);
    await log.step("waits for the guest's sshd", () => untilBooted(pair, config));
    power.expect([]);
    log.phase("check");
    await log.step("has the guest's free memory zeroed", () => zeroFreeMemory(pair, parts, context));
    await log.step("checks a session with its drives", () => checkSession(pair, parts, context));
    log.phase("quiet");
    await log.step("waits until the guest is quiet", () => settle(pair, parts, context));
    await place.keepScreenshot("before-the-freeze");
    log.phase("freeze");
    const frozen = await freezePair(pair, context, files);
    const ram = await finish(config, context, files);
    await place.keepLogs(join(files.folder, snapshot.log));
    await writeRecords(config, context, { record, files, frozen, ram });
  });
  log.line(`snapshot ${config.name}: frozen`);
}

function ramBytes(config: SnapshotStage): number {
  return config.hardware.memoryMiB * 2 ** 20;
}

/** A memory that is to be packed lies in the working folder until then. */
function filesOf(config: SnapshotStage, place: Place): SnapshotFiles {
  const unpackedRam = config.settings.memoryLayout === "packed" ? place.workspace.path("ram") : undefined;
  return snapshotFiles(outputOf(config, "out"), outputOf(config, "ram"), unpackedRam);
}

/** The RAM file fills while the guest runs; a full file system then ends QEMU by SIGBUS, without a message. */
async function assertRoomForRam(config: SnapshotStage, context: StageContext): Promise<void> {
  const store = dirname(outputOf(config, "ram"));
  const folders = config.settings.memoryLayout === "packed" ? [context.top, store] : [store];
  for (const folder of folders) {
    await assertFreeSpace(context.host, {
      folder,
      bytes: ramBytes(config) + marginBytes,
      forWhat: `the RAM (${config.hardware.memoryMiB} MiB) and what belongs to it`,
    });
  }
}

async function freezePair(
  pair: Pair,
  context: StageContext,
  files: SnapshotFiles,
): Promise<Frozen & { readonly clock: number | null }> {
  const { vitals, log, host } = context;
  const room = { folder: files.folder, bytes: 64 * 2 ** 20, forWhat: "the device state" };
  await assertFreeSpace(host, room);
  const frozen = await freeze(pair.guest, { deviceState: files.deviceState, vitals });
  const clock = await readGuestClock(pair.guest).catch(() => null);
  log.line(`frozen in ${(frozen.tookMs / 1000).toFixed(3)} s, from stop until the device state was written`);
  await vitals.race(pair.guest.quit());
  // Nobody needs the controller any more, and nothing of it is kept.
  await pair.controller[Symbol.asyncDispose]();
  return { ...frozen, clock };
}

async function finish(
  config: SnapshotStage,
  context: StageContext,
  files: SnapshotFiles,
): Promise<SnapshotRecord["ram"]> {
  const { log, vitals } = context;
  const { qemuImg, fallocate } = config.tools;
  const ram = await log.step(files.layout === "packed" ? "packs the memory" : "finishes the files", () =>
    finishSnapshotFiles(files, {
      beside: [files.disk, ...(config.uefiCode === null ? [] : [files.uefiVars])],
      qemuImg,
      fallocate,
      signal: vitals.signal,
    }),
  );
  log.line(
    `RAM: ${Math.round(ram.bytesOnDisk / 2 ** 20)} MiB on disk, of ${config.hardware.memoryMiB} MiB in the guest`,
  );
  return ram;
}

/** The same build id goes beside RAM and disk; the snapshot's own record comes last. */
async function writeRecords(
  config: SnapshotStage,
  context: StageContext,
  parts: {
    readonly record: ImageRecord;
    readonly files: SnapshotFiles;
    readonly frozen: Frozen & { readonly clock: number | null };
    readonly ram: SnapshotRecord["ram"];
  },
): Promise<void> {
  const { files, frozen, ram, record } = parts;
  const buildId = makeBuildId();
  await writeRamRecord(files.ramFolder, { version: recordVersion, buildId });
  await writeSnapshotRecord(files.folder, {
    version: recordVersion,
    buildId,
    hostKey: record.hostKey,
    fingerprint: buildFingerprint({
      imageBuildId: record.buildId,
      qemu: config.tools.qemu,
      hardware: config.hardware,
      uefiCode: config.uefiCode,
      uefiVariables: await hashVariables(config.uefiCode, files.uefiVars),
      host: await context.host.cpu(),
    }),
    ram,
    deviceStateBytes: frozen.deviceStateBytes,
    frozenAtEpochSeconds: frozen.clock,
  });
}
