import { mkdir, rm, writeFile } from "node:fs/promises";
import { xchg } from "../contract/filenames.ts";
import type { AgentSettings } from "./agent-settings.ts";
import { desktopFiles } from "./desktop-files.ts";
import { sessionError } from "./session-error.ts";

/** Makes xchg/run and its folders where they are missing, an empty file for what the desktop says, and removes what an earlier session left of its outcome. */
export async function prepareRunFolder(settings: AgentSettings): Promise<void> {
  const stale = [
    xchg.exitCode,
    xchg.resultTar,
    `${xchg.resultTar}.part`,
    xchg.result,
    xchg.desktop,
    sessionError,
  ];
  await Promise.all(stale.map((name) => rm(`${settings.xchg}/${name}`, { recursive: true, force: true })));
  for (const folder of [xchg.commands, xchg.desktop])
    await mkdir(`${settings.xchg}/${folder}`, { recursive: true });
  await writeFile(`${settings.xchg}/${desktopFiles.output}`, "");
}
