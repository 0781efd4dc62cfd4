import { join } from "node:path";
import { snapshot, xchg } from "../../contract/filenames.ts";
import { guest as inGuest } from "../../contract/guest.ts";
import type { SnapshotRecord } from "../../contract/records.ts";
import type { RunStage } from "../../contract/stage-config.ts";
import { exitCodes, GuestError } from "../../errors.ts";
import { untilReady } from "../controller/start.ts";
import { guestTitle, type StageContext } from "../context.ts";
import { inWorkspace, type Place } from "../evidence.ts";
import { describeExitCode } from "../exit-code.ts";
import { type Guest, startGuest } from "../guest.ts";
import { assertAccelerator, assertPrograms } from "../host.ts";
import { seconds } from "../log.ts";
import { createOverlay } from "../overlay.ts";
import { type Pair, startPair } from "../pair.ts";
import { loadParents } from "../parents.ts";
import { loadDeviceState } from "../qemu/freeze.ts";
import { moveResult } from "../result.ts";
import { writeScript } from "../script.ts";
import { copyVariables, type Uefi } from "../uefi-vars.ts";

const controllerTimeoutMs = 300_000;

/** Revives the snapshot, runs the command, and moves its result to the output. Returns the command's whole 32-bit exit code. */
export async function runCommand(config: RunStage, context: StageContext): Promise<number> {
  const { log, vitals } = context;
  const record = await loadParents(config, context.host);
  warnOfExpiry(config, context, record);
  await assertPrograms(config.tools);
  await assertAccelerator(config.hardware.accelerator);
  const limitMs = config.settings.timeoutMinutes * 60_000;
  const limit = setTimeout(() => vitals.fail(overTime(config, context)), limitMs);
  try {
    return await inWorkspace(config, context, async (place) => {
      log.phase("revive");
      log.line(
        `run ${config.name}: revives ${guestTitle(config)}, accelerator ${config.hardware.accelerator}`,
      );
      const script = await writeScript(config.command, place.workspace.path("xchg"));
      const pair = await revive(config, context, { place, record });
      await log.step("waits for the controller's shares", () =>
        untilReady(pair.controller, vitals, controllerTimeoutMs),
      );
      await pair.guest.execute("cont");
      log.phase("run");
      const exitCode = await execute(config, context, { pair, record, script });
      if (exitCode !== 0) {
        log.line(describeExitCode(exitCode, config.command.kind));
        return exitCode;
      }
      log.phase("collect");
      await moveResult(join(place.workspace.path("xchg"), xchg.result), context.out);
      log.line(`run ${config.name}: done in ${seconds(log.elapsedMs())}`);
      return 0;
    });
  } finally {
    clearTimeout(limit);
  }
}

/** Windows goes by its own clock, which under `clock: snapshot` still shows the day of the freeze. */
function warnOfExpiry(config: RunStage, context: StageContext, record: SnapshotRecord): void {
  const expires = config.evaluationExpires;
  if (expires === null || context.host.nowEpochMs() < Date.parse(expires)) return;
  const ends = Date.parse(expires) / 1000;
  const frozenAt = record.frozenAtEpochSeconds;
  const standsBefore = config.settings.clock === "snapshot" && frozenAt !== null && frozenAt < ends;
  const effect = standsBefore
    ? `the guest's clock stands at ${isoSeconds(frozenAt * 1000).slice(0, 10)}, so it may not notice`
    : "it shuts itself down about once an hour";
  context.log.line(
    `warning: the evaluation edition of ${config.release} expired on ${expires}: ${effect}. Build it anew from a medium that is not expired`,
  );
}

function overTime(config: RunStage, context: StageContext): GuestError {
  return new GuestError(
    context.log.currentPhase(),
    `the run was not done within ${config.settings.timeoutMinutes} minutes`,
    {
      hint: "run.timeoutMinutes in the spec sets this limit.",
      exitCode: exitCodes.timeout,
    },
  );
}

/** Guest and controller at the same time; the guest waits, paused, so that its time does not pass before it can be used. */
async function revive(
  config: RunStage,
  context: StageContext,
  parts: { readonly place: Place; readonly record: SnapshotRecord },
): Promise<Pair> {
  const { vitals, log } = context;
  const { place, record } = parts;
  const { workspace } = place;
  const uefi = await copyVariables({
    code: config.uefiCode,
    from: join(config.snapshot, snapshot.uefiVars),
    to: workspace.file(snapshot.uefiVars),
  });
  return startPair(place.scope, {
    tools: config.tools,
    controller: config.controller,
    accelerator: config.hardware.accelerator,
    rtcBase: controllerClock(config, context, record),
    workspace,
    vitals,
    startGuest: async (switchSocket) => {
      const disk = workspace.file("disk.qcow2");
      const base = join(config.snapshot, snapshot.disk);
      await createOverlay({ qemuImg: config.tools.qemuImg, base, overlay: disk, signal: vitals.signal });
      return startRevived(config, context, { place, uefi, disk, switchSocket });
    },
  }).then((pair) => {
    log.line("guest revived, paused until the shares are up");
    return pair;
  });
}

async function startRevived(
  config: RunStage,
  context: StageContext,
  parts: {
    readonly place: Place;
    readonly uefi: Uefi | null;
    readonly disk: string;
    readonly switchSocket: string;
  },
): Promise<Guest> {
  const { vitals, log } = context;
  const { place } = parts;
  const started = performance.now();
  await using starting = new AsyncDisposableStack();
  const guest = starting.use(
    await startGuest({
      qemu: config.tools.qemu,
      hardware: config.hardware,
      role: { kind: "revive", ram: join(config.ram, snapshot.ram) },
      disk: parts.disk,
      uefi: parts.uefi,
      switchSocket: parts.switchSocket,
      workspace: place.workspace,
      vitals,
      log,
    }),
  );
  place.showGuest(guest);
  await loadDeviceState(guest, { deviceState: join(config.snapshot, snapshot.deviceState), vitals });
  log.line(`guest: memory and devices loaded in ${seconds(performance.now() - started)}`);
  starting.move();
  return guest;
}

async function execute(
  config: RunStage,
  context: StageContext,
  parts: { readonly pair: Pair; readonly record: SnapshotRecord; readonly script: string },
): Promise<number> {
  const { log, host } = context;
  const { record } = parts;
  const loginTimeoutMs = Math.round(config.settings.reviveSeconds * 1000);
  const nowSeconds = Math.floor(host.nowEpochMs() / 1000);
  const setClock = config.settings.clock === "host" ? nowSeconds : null;
  if (setClock !== null && record.frozenAtEpochSeconds !== null) {
    log.line(
      `clock: set from the host before the command; it jumps by ${setClock - record.frozenAtEpochSeconds} s`,
    );
  }
  const done = await parts.pair.controller.agent.request(
    {
      type: "execute",
      address: inGuest.address,
      port: inGuest.sshPort,
      access: config.access.kind,
      user: config.access.user,
      password: config.access.password,
      hostKey: record.hostKey,
      timeoutMs: loginTimeoutMs,
      kind: config.command.kind,
      script: parts.script,
      environment: config.command.environment,
      setClockEpochSeconds: setClock,
      // The runtime counts the same time from its own start, and so is the first to say that it is over.
      sessionTimeoutMs: Math.round(config.settings.timeoutMinutes * 60_000),
    },
    {
      stage: "run",
      firstNewsMs: loginTimeoutMs + 15_000,
      onOutput: context.output,
      onStep: (name, elapsedMs) => log.about("agent", `${name} (${seconds(elapsedMs)})`),
    },
  );
  if (done.exitCode === null) throw new GuestError("run", "the agent ended the command without an exit code");
  return done.exitCode;
}

/** xchg's times have to fit the guest's: the controller starts where the guest was frozen, or at the host's time. */
function controllerClock(config: RunStage, context: StageContext, record: SnapshotRecord): string {
  if (config.settings.clock === "host") return isoSeconds(context.host.nowEpochMs());
  if (record.frozenAtEpochSeconds === null) return config.hardware.rtcBase;
  return isoSeconds(record.frozenAtEpochSeconds * 1000);
}

function isoSeconds(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 19);
}
