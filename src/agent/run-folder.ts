import { mkdir, rm } from "node:fs/promises";
import { xchg } from "../contract/filenames.ts";
import type { AgentSettings } from "./agent-settings.ts";
import { sessionFiles } from "./session-files.ts";

/** Makes xchg/run and the folder of commands in it where they are missing, and removes what an earlier session left of its outcome. */
export async function prepareRunFolder(settings: AgentSettings): Promise<void> {
  await mkdir(`${settings.xchg}/${xchg.commands}`, { recursive: true });
  const stale = [xchg.exitCode, xchg.resultTar, `${xchg.resultTar}.part`, xchg.result, sessionFiles.error];
  await Promise.all(stale.map((name) => rm(`${settings.xchg}/${name}`, { recursive: true, force: true })));
}
