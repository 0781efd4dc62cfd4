import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { commandLog, image } from "../../contract/filenames.ts";
import type { ImageRecord } from "../../contract/records.ts";
import { recordVersion } from "../../contract/records.ts";
import type { LayerStage } from "../../contract/stage-config.ts";
import { boot } from "../boot.ts";
import { makeBuildId } from "../build-id.ts";
import { writeCommandFiles } from "../command-files.ts";
import { guestTitle, type StageContext } from "../context.ts";
import { assertFrozenController } from "../controller/frozen.ts";
import { inWorkspace, type Place } from "../evidence.ts";
import { type Ended, execute } from "../execute.ts";
import { describeExitCode } from "../exit-code.ts";
import { assertAccelerator, assertFreeSpace, assertPrograms } from "../host.ts";
import { assertSameInstalledHardware } from "../installed-hardware.ts";
import { outputOf } from "../outputs.ts";
import type { Pair } from "../pair.ts";
import { createPowerWatch, type PowerWatch, powerTimeoutMs } from "../power-watch.ts";
import { loadImageRecord, writeImageRecord } from "../records.ts";
import { untilBooted } from "../settle.ts";
import { startTimeLimit } from "../time-limit.ts";

const leastFreeBytes = 1 * 2 ** 30;

const noRestart =
  "Its exit code is not known then. Give an installer its option against restarts (msiexec /norestart); casement restarts after " +
  "3010, and where the layer says reboot = true.";

/**
 * Boots the parent image on a disk of the layer's own, runs the command, restarts where command or layer ask for it, and shuts down:
 * a new image. Returns 0, or the command's whole code where the layer's policy does not take it for a success.
 */
export async function buildLayer(config: LayerStage, context: StageContext): Promise<number> {
  const { log } = context;
  const out = outputOf(config, "out");
  const parent = await loadImageRecord(config.image);
  assertSameInstalledHardware(parent, config);
  await assertFrozenController(config, config.hardware.accelerator, context.host);
  await assertPrograms(config.tools);
  await assertAccelerator(config.hardware.accelerator);
  await assertFreeSpace(context.host, { folder: dirname(out), bytes: leastFreeBytes, forWhat: "the disk" });
  return inWorkspace(config, context, async (place) => {
    log.phase("boot");
    log.line(
      `layer ${config.layer}: boots ${guestTitle(config)}, accelerator ${config.hardware.accelerator}`,
    );
    await mkdir(out);
    const power = createPowerWatch(context);
    // Windows may restart once more at its first boots.
    power.expect(["RESET"]);
    const pair = await boot(config, context, {
      place,
      disk: join(out, image.disk),
      uefiVars: join(out, image.uefiVars),
      role: { kind: "boot" },
      onPower: (event) => power.onPower(event),
    });
    await log.step("waits for the controller's shares", () => pair.shares);
    await log.step("waits for the guest's sshd", () => untilBooted(pair, config));
    const parts = { place, pair, power, parent };
    const exitCode = await applyCommand(config, context, parts);
    if (exitCode !== 0) return exitCode;
    await shutDown(config, context, parts);
    await finish(config, context, parts);
    return 0;
  });
}

interface Parts {
  readonly place: Place;
  readonly pair: Pair;
  readonly power: PowerWatch;
  readonly parent: ImageRecord;
}

/** Runs the command and does what its exit code asks for by the layer's policy; returns the code where that is a failure. */
async function applyCommand(config: LayerStage, context: StageContext, parts: Parts): Promise<number> {
  const { log } = context;
  const { power } = parts;
  log.phase("layer");
  power.expect([], noRestart);
  const ended = await runCommand(config, context, parts);
  const { exitCode } = ended;
  const { success, restart, restarting } = config.exitCodes;
  if (restarting.includes(exitCode)) {
    power.expect(["RESET"]);
    log.line(`${describeExitCode(exitCode, config.command.kind)}; the layer takes it for a success`);
    await untilRestarted(config, context, parts);
  } else if (restart.includes(exitCode)) {
    log.line(`${describeExitCode(exitCode, config.command.kind)}; the layer takes it for a success`);
    await restartGuest(config, context, parts);
  } else if (!success.includes(exitCode)) {
    const where = ended.phase === undefined ? "" : ` in ${ended.phase}`;
    log.line(`${describeExitCode(exitCode, config.command.kind)}${where}`);
    log.line(
      "the attribute `image.evidence` of the layered machine runs it in a revived one, and keeps log and screenshot",
    );
    return exitCode;
  }
  const hasRestarted = restart.includes(exitCode) || restarting.includes(exitCode);
  if (config.reboot && !hasRestarted) await restartGuest(config, context, parts);
  return 0;
}

async function runCommand(config: LayerStage, context: StageContext, parts: Parts): Promise<Ended> {
  const { place, pair, parent } = parts;
  const exchange = place.workspace.path("xchg");
  const minutes = config.settings.timeoutMinutes;
  const timeoutMs = Math.round(minutes * 60_000);
  using _ = startTimeLimit(context, {
    minutes,
    what: "the command",
    hint: "timeoutMinutes of the layer sets this limit, or run.timeoutMinutes in the spec.",
  });
  return await execute(
    pair,
    {
      command: config.command,
      script: await writeCommandFiles(config.command, exchange),
      access: config.access,
      hostKey: parent.hostKey,
      outputs: {},
      collect: "success",
      last: false,
      setClockEpochSeconds: null,
      loginTimeoutMs: Math.min(timeoutMs, 180_000),
      sessionTimeoutMs: timeoutMs,
      xchg: exchange,
      logFile: join(place.workspace.path("evidence"), commandLog),
    },
    context,
  );
}

async function restartGuest(config: LayerStage, context: StageContext, parts: Parts): Promise<void> {
  parts.power.expect(["RESET"]);
  await askForPower(config, parts, "restart");
  await untilRestarted(config, context, parts);
}

async function untilRestarted(config: LayerStage, { log }: StageContext, parts: Parts): Promise<void> {
  const { power, pair } = parts;
  log.phase("restart");
  await log.step("waits until the guest restarts", () => power.until("RESET", powerTimeoutMs));
  power.expect(["RESET"]);
  await log.step("waits for the guest's sshd", () => untilBooted(pair, config));
}

async function shutDown(config: LayerStage, { log, vitals }: StageContext, parts: Parts): Promise<void> {
  const { power, pair } = parts;
  log.phase("shut-down");
  power.expect(["SHUTDOWN", "RESET"]);
  await askForPower(config, parts, "shut-down");
  await log.step("waits until the guest has shut down", () => power.until("SHUTDOWN", powerTimeoutMs));
  await vitals.race(pair.guest.quit());
  await pair.controller[Symbol.asyncDispose]();
}

async function askForPower(
  config: LayerStage,
  { pair, parent }: Parts,
  action: "restart" | "shut-down",
): Promise<void> {
  const timeoutMs = 180_000;
  await pair.agent.request(
    {
      type: "power",
      action,
      access: config.access.kind,
      user: config.access.user,
      password: config.access.password,
      hostKey: parent.hostKey,
      timeoutMs,
    },
    { stage: action, timeoutMs: timeoutMs + 15_000 },
  );
}

async function finish(config: LayerStage, context: StageContext, parts: Parts): Promise<void> {
  const out = outputOf(config, "out");
  context.log.line(`layer ${config.layer}: done`);
  await parts.place.keepLogs(join(out, image.log));
  await writeImageRecord(out, {
    ...parts.parent,
    version: recordVersion,
    buildId: makeBuildId(),
    parent: { path: config.image, buildId: parts.parent.buildId },
  });
}
