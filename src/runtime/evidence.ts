import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { StageConfig } from "../contract/stage-config.ts";
import type { StageContext } from "./context.ts";
import type { Guest } from "./guest.ts";
import { within } from "./vitals.ts";
import { openWorkspace, type Workspace } from "./workspace.ts";

/** A stage that failed, with the folder that shows why; `cause` is the error of whoever noticed. */
export class StageFailed extends Error {
  override readonly name = "StageFailed";
  override readonly cause: Error;
  /** Absolute path of the evidence folder. */
  readonly evidence: string;
  /** The guest's last lines on COM1. */
  readonly serialLines: readonly string[];

  constructor(cause: Error, evidence: string, serialLines: readonly string[]) {
    super(cause.message);
    this.cause = cause;
    this.evidence = evidence;
    this.serialLines = serialLines;
  }
}

/** What a stage works with: its folder, the scope of everything that it starts, and whose screen to keep when it fails. */
export interface Place {
  readonly workspace: Workspace;
  readonly scope: AsyncDisposableStack;
  /** From here on a failure takes a screenshot of this guest. */
  showGuest(guest: Guest): void;
}

/**
 * Does a stage's work in a new working folder. When it fails, what there is to see is kept while the machines still run;
 * then everything is ended, in reverse order. A success leaves nothing.
 */
export async function inWorkspace<T>(
  config: StageConfig,
  context: StageContext,
  work: (place: Place) => Promise<T>,
): Promise<T> {
  await using workspace = await openWorkspace(context.top);
  await using scope = new AsyncDisposableStack();
  let guest: Guest | undefined;
  try {
    return await work({
      workspace,
      scope,
      showGuest(started) {
        guest = started;
      },
    });
  } catch (thrown) {
    // What failed first counts: a program that was cancelled because of it has only a symptom to tell.
    const error = context.vitals.failure() ?? (thrown instanceof Error ? thrown : new Error(String(thrown)));
    workspace.keepEvidence();
    const folder = workspace.path("evidence");
    await writeFile(join(folder, "config.json"), `${JSON.stringify(config, null, 2)}\n`);
    await writeFile(join(folder, "error.txt"), `${error.stack ?? error.message}\n`);
    // A build that was ended from outside has seconds, and nothing to explain.
    if (guest !== undefined && !context.ended()) await keepScreenshot(guest, folder);
    throw new StageFailed(error, folder, guest?.serial.lastLines(12) ?? []);
  }
}

/** A guest that is gone, or a QEMU that hangs, leaves no picture: then its stderr and events have to do. */
async function keepScreenshot(guest: Guest, folder: string): Promise<void> {
  const shot = guest.screenshot(join(folder, "screenshot.png"));
  await within(shot, 3000, () => new Error("screendump took more than 3 s")).catch(async (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    await writeFile(join(folder, "screenshot.txt"), `no screenshot: ${reason}\n`);
  });
}
