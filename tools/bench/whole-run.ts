import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { ToolError } from "../../src/errors.ts";
import { timelineFiles } from "../../src/contract/filenames.ts";
import { type Timeline, timelineSchema } from "../../src/contract/timeline.ts";
import { formatCommand } from "../../src/process/command.ts";
import { spawn } from "../../src/process/spawn.ts";
import type { BenchContext } from "./context.ts";
import type { Project } from "./project.ts";

/** A run of the project's snapshot as the derivation's builder starts it (nix/start-stage.mjs), without Nix around it. */
export interface WholeRun {
  /** Script of bash that the run does. */
  readonly script: string;
  /** Its output, which is not there yet. */
  readonly out: string;
  /** Called with the runtime's process while it goes on. */
  readonly watch?: (pid: number) => void;
}

/** Starts runs that have nothing in common but the snapshot; each in a folder of its own below `folder`. */
export async function prepareRuns(
  context: BenchContext,
  project: Project,
  folder: string,
): Promise<(run: WholeRun) => Promise<Timeline>> {
  const config = z.looseObject({ command: z.looseObject({}) }).parse(await project.json("fresh.stageConfig"));
  const runtime = await project.text("fresh.casement.runtime");
  let count = 0;
  return async ({ script, out, watch }) => {
    count += 1;
    // A socket's path has to be short.
    const place = join(folder, `${count}`);
    await mkdir(place, { recursive: true });
    const file = join(place, "stage.json");
    await writeFile(join(place, "script"), script);
    const command = { ...config.command, script: join(place, "script"), attributes: null };
    await writeFile(file, JSON.stringify({ ...config, command, outputs: { out } }));
    const started = {
      file: process.execPath,
      args: [runtime, file],
      env: { NIX_BUILD_TOP: place, CASEMENT_TIMELINE: place },
    };
    await using running = await spawn(started);
    running.stdin.end();
    running.stdout.resume();
    running.stderr.resume();
    watch?.(running.pid);
    const { exitCode, how } = await context.vitals.race(running.exited);
    if (exitCode !== 0) throw new ToolError(`${formatCommand(started)} ${how}\n${running.lastStderr()}`);
    return timelineSchema.parse(JSON.parse(await readFile(join(place, timelineFiles.json), "utf8")));
  };
}
