import { mkdir, rm, writeFile } from "node:fs/promises";
import { xchg } from "../contract/filenames.ts";
import type { AgentSettings } from "./agent-settings.ts";
import { desktopFiles } from "./desktop-files.ts";
import { sessionError } from "./session-error.ts";

/**
 * Makes xchg/run and its folders where they are missing, an empty file for what the desktop says, and removes what an earlier session
 * left of its outcome; its outputs only where this one may leave some, because in a folder that others share theirs may have that name.
 */
export async function prepareRunFolder(
  settings: AgentSettings,
  { leavesOutputs }: { readonly leavesOutputs: boolean },
): Promise<void> {
  const results = leavesOutputs ? [xchg.resultTar, xchg.resultTarPart] : [];
  const stale = [xchg.exitCode, xchg.desktop, sessionError, ...results];
  await Promise.all(stale.map((name) => rm(`${settings.xchg}/${name}`, { recursive: true, force: true })));
  for (const folder of [xchg.commands, xchg.desktop])
    await mkdir(`${settings.xchg}/${folder}`, { recursive: true });
  await writeFile(`${settings.xchg}/${desktopFiles.output}`, "");
}
