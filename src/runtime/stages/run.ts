import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { commandLog, report, xchg } from "../../contract/filenames.ts";
import type { SnapshotRecord } from "../../contract/records.ts";
import type { RunStage } from "../../contract/stage-config.ts";
import { GuestError } from "../../errors.ts";
import type { StageContext } from "../context.ts";
import { inWorkspace, type Place, StageFailed, titleOf } from "../evidence.ts";
import { type Ended, execute } from "../execute.ts";
import { describeExitCode } from "../exit-code.ts";
import { clockToSet, sayClockJump, warnOfExpiry } from "../guest-time.ts";
import { assertAccelerator, assertPrograms } from "../host.ts";
import { dropReferences } from "../log-references.ts";
import { seconds } from "../log.ts";
import { moveOutputs } from "../outputs.ts";
import { loadParents } from "../parents.ts";
import { unpackOutputs } from "../collect.ts";
import { finishReport, writeReport } from "../report-output.ts";
import { type Revived, reviveToRun } from "../revive-to-run.ts";
import { serveScreenshots } from "../screenshots.ts";
import { startTimeLimit } from "../time-limit.ts";
import { renderLongest } from "../timeline/render-text.ts";

/**
 * Revives the snapshot, runs the command, and moves what it left to the outputs, or a report of it. Returns the command's
 * whole 32-bit exit code, and 0 in any case where evidence is wanted: only casement's own failures fail then.
 */
export async function runCommand(config: RunStage, context: StageContext): Promise<number> {
  const exitCode = await runAndCollect(config, context);
  // Not before: a report shows how long the machines took to end, too.
  if (exitCode === 0 && config.keeps !== "result")
    await finishReport(config, context.log.timeline.read(titleOf(config)));
  return exitCode;
}

async function runAndCollect(config: RunStage, context: StageContext): Promise<number> {
  const { log } = context;
  const record = await log.timeline.step("runtime", "checks the snapshot", async () => {
    const parents = await loadParents(config, context.host);
    await assertPrograms(config.tools);
    await assertAccelerator(config.hardware.accelerator);
    return parents;
  });
  warnOfExpiry(config, context, record);
  using limit = startTimeLimit(context, {
    minutes: config.settings.timeoutMinutes,
    what: "the run",
    hint: "run.timeoutMinutes in the spec sets this limit.",
  });
  try {
    return await inWorkspace(config, context, async (place) => {
      const ended = await runRevived(config, context, { place, record });
      const { exitCode } = ended;
      if (exitCode !== 0) sayHowItEnded(ended, config, context);
      if (exitCode !== 0 && config.keeps !== "evidence") return exitCode;
      log.phase("collect");
      await collect(config, context, { place, exitCode });
      log.line(`${titleOf(config)}: done in ${seconds(log.elapsedMs())}`);
      log.line(renderLongest(log.timeline.read(titleOf(config))));
      return config.keeps === "evidence" ? 0 : exitCode;
    });
  } catch (error) {
    if (config.keeps !== "evidence" || !(error instanceof StageFailed)) throw error;
    const timeIsUp = limit.struck();
    if (timeIsUp?.stage !== "run" || error.cause !== timeIsUp) throw error;
    // A command that hangs is the user's to look at, as one that fails is; its outputs stay in the guest.
    await dropReferences(error.evidence);
    await writeReport(config, { folder: error.evidence, outputs: undefined, exitCode: undefined });
    log.line(`${timeIsUp.message}; the evidence shows what there was to see by then`);
    return 0;
  }
}

async function runRevived(
  config: RunStage,
  context: StageContext,
  { place, record }: { readonly place: Place; readonly record: SnapshotRecord },
): Promise<Ended> {
  const { log } = context;
  const revived = await reviveToRun(config, context, { place, record });
  const { pair } = revived;
  const pictures = join(place.workspace.path("evidence"), report.screenshots);
  await using service = await serveScreenshots(
    join(place.workspace.path("xchg"), xchg.screenshots),
    async (name) => {
      await mkdir(pictures, { recursive: true });
      await pair.guest.screenshot(join(pictures, `${name}.png`));
      log.about("guest", `screenshot ${name}`);
    },
  );
  const ended = await runScript(config, context, revived);
  if (config.keeps !== "result") await place.keepScreenshot("screenshot");
  if (config.keeps === "result" && service.taken.length > 0) {
    log.line("screenshots are kept by windowsTest and by the attribute `evidence`, and not by this run");
  }
  return ended;
}

async function runScript(
  config: RunStage,
  context: StageContext,
  { pair, place, record, script }: Revived,
): Promise<Ended> {
  sayClockJump(config, context, record);
  return execute(
    pair,
    {
      command: config.command,
      script,
      access: config.access,
      hostKey: record.hostKey,
      // Reports lie elsewhere: what the command installs for itself is at the place that it was told.
      outputs: config.outputs,
      collect: config.keeps === "evidence" ? "always" : "success",
      last: true,
      setClockEpochSeconds: clockToSet(config, context),
      loginTimeoutMs: Math.round(config.settings.reviveSeconds * 1000),
      sessionTimeoutMs: Math.round(config.settings.timeoutMinutes * 60_000),
      xchg: place.workspace.path("xchg"),
      logFile: join(place.workspace.path("evidence"), commandLog),
    },
    context,
  );
}

async function collect(
  config: RunStage,
  context: StageContext,
  { place, exitCode }: { readonly place: Place; readonly exitCode: number },
): Promise<void> {
  const { makeOutputs } = config.command;
  const { timeline } = context.log;
  const folder = place.workspace.file("outputs");
  // A session that was ended from outside has packed nothing.
  const isThere = await timeline.step("runtime", "unpacks the outputs", () =>
    unpackOutputs(place.workspace.path("xchg"), folder),
  );
  if (!isThere && exitCode === 0)
    throw new GuestError("collect", `${xchg.resultTar}: the session ended with 0 and has packed nothing`);
  if (config.keeps === "result")
    return timeline.step("runtime", "moves the outputs", () =>
      moveOutputs(folder, config, { makeOutputs, log: context.log }),
    );
  await timeline.step("runtime", "writes the report", async () => {
    const details = place.workspace.file("report");
    await place.keepLogs(details);
    await writeReport(config, { folder: details, outputs: folder, exitCode });
  });
}

function sayHowItEnded({ exitCode, phase }: Ended, config: RunStage, { log }: StageContext): void {
  const where = phase === undefined ? "" : ` in ${phase}`;
  log.line(`${describeExitCode(exitCode, config.command.kind)}${where}`);
  if (config.keeps === "evidence") return;
  log.line(
    "its attribute `evidence` runs it once more and keeps log, screenshot and what it leaves, as a success",
  );
}
