import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { StageConfig } from "../contract/stage-config.ts";
import type { Timeline } from "../contract/timeline.ts";
import type { StageContext } from "./context.ts";
import type { Guest } from "./guest.ts";
import { orFullDisk } from "./full-disk.ts";
import { dropReferences } from "./log-references.ts";
import { writeTimeline } from "./timeline/write-timeline.ts";
import { within } from "./vitals.ts";
import { openWorkspace, type Workspace } from "./workspace.ts";

/** A stage that failed, with the folder that shows why; `cause` is the error of whoever noticed. */
export class StageFailed extends Error {
  override readonly name = "StageFailed";
  override readonly cause: Error;
  /** Absolute path of the evidence folder. */
  readonly evidence: string;
  readonly stage: StageConfig["stage"];
  /** The guest's last lines on COM1. */
  readonly serialLines: readonly string[];

  constructor(
    cause: Error,
    seen: {
      readonly evidence: string;
      readonly stage: StageConfig["stage"];
      readonly serialLines: readonly string[];
    },
  ) {
    super(cause.message);
    this.cause = cause;
    this.evidence = seen.evidence;
    this.stage = seen.stage;
    this.serialLines = seen.serialLines;
  }
}

/** What a stage works with: its folder, the scope of everything that it starts, and whose screen to keep when it fails. */
export interface Place {
  readonly workspace: Workspace;
  readonly scope: AsyncDisposableStack;
  /** From here on a failure takes a screenshot of this guest. */
  showGuest(guest: Guest): void;
  /** Keeps what the guest's screen shows now as NAME.png beside the logs; a guest that cannot be asked within 3 s, or this many ms, leaves none. */
  keepScreenshot(name: string, timeoutMs?: number): Promise<void>;
  /** Copies the logs so far (the stage's own, its timeline, serial port, QMP, QEMU's words, screenshots) into a new folder, without references. */
  keepLogs(folder: string): Promise<void>;
}

/**
 * Does a stage's work in a new working folder. When it fails, what there is to see is kept while the machines still run;
 * then everything is ended, in reverse order. A success leaves nothing, and neither does a stage that was ended from outside.
 */
export async function inWorkspace<T>(
  config: StageConfig,
  context: StageContext,
  work: (place: Place) => Promise<T>,
): Promise<T> {
  const { log } = context;
  await using workspace = await openWorkspace(context.top);
  await using scope = new AsyncDisposableStack();
  // Leaves before the scope itself, which has nothing left to end then.
  await using _ = {
    [Symbol.asyncDispose]: () =>
      log.timeline.step("runtime", "ends the machines", () => scope.disposeAsync()),
  };
  let guest: Guest | undefined;
  const folder = workspace.path("evidence");
  const stageLog = (): string => `${log.lines().join("\n")}\n`;
  const timeline = (): Timeline => log.timeline.read(titleOf(config));
  try {
    return await work({
      workspace,
      scope,
      showGuest(started) {
        guest = started;
      },
      async keepScreenshot(name, timeoutMs) {
        const shown = guest;
        if (shown === undefined) return;
        await log.timeline.step("guest", "shows its screen", () =>
          keepScreenshot(shown, folder, name, timeoutMs),
        );
      },
      async keepLogs(to) {
        await writeFile(join(folder, "stage.log"), stageLog());
        await writeTimeline(folder, timeline());
        await cp(folder, to, { recursive: true });
        await dropReferences(to);
      },
    });
  } catch (thrown) {
    // What failed first counts: a program that was cancelled because of it has only a symptom to tell.
    const error =
      context.vitals.failure() ?? (thrown instanceof Error ? orFullDisk(thrown) : new Error(String(thrown)));
    if (context.ended()) throw error;
    workspace.keepEvidence();
    // On a full disk there is less to see; what failed is told all the same.
    const keep = (name: string, text: string): Promise<void> =>
      writeFile(join(folder, name), text).catch(() => undefined);
    await keep("stage.log", stageLog());
    await writeTimeline(folder, timeline()).catch(() => undefined);
    await keep("config.json", `${JSON.stringify(config, null, 2)}\n`);
    await keep("error.txt", `${error.stack ?? error.message}\n`);
    if (guest !== undefined) await keepScreenshot(guest, folder, "screenshot");
    const serialLines = guest?.serial.lastLines(12) ?? [];
    throw new StageFailed(error, { evidence: folder, stage: config.stage, serialLines });
  }
}

/** What a stage's timeline is called, such as `run hello`. */
export function titleOf(config: StageConfig): string {
  return `${config.stage} ${config.stage === "layer" ? config.layer : config.name}`;
}

/** A guest that is gone, or a QEMU that hangs, leaves no picture: then its stderr and events have to do. */
async function keepScreenshot(guest: Guest, folder: string, name: string, timeoutMs = 3000): Promise<void> {
  const shot = guest.screenshot(join(folder, `${name}.png`));
  await within(shot, timeoutMs, () => new Error(`screendump took more than ${timeoutMs / 1000} s`)).catch(
    async (error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      await writeFile(join(folder, `${name}.txt`), `no screenshot: ${reason}\n`).catch(() => undefined);
    },
  );
}
