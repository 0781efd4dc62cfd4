import { createHash } from "node:crypto";
import { xchg } from "../contract/filenames.ts";
import { nativeCommand } from "./native-command.ts";
import { screenshotBatch, screenshotCommand } from "./screenshot-command.ts";
import type { SessionLayout } from "./session-layout.ts";
import { shellWord } from "./shell-words.ts";

/** The session's own commands, relative to xchg, and their content; one for cmd and PowerShell is among them. */
export const sessionCommands: ReadonlyMap<string, string> = new Map([
  [`${xchg.commands}/native`, nativeCommand],
  [`${xchg.commands}/screenshot`, screenshotCommand],
  [`${xchg.commands}/screenshot.cmd`, screenshotBatch],
]);

/** Names these commands, so that others are not taken for them. */
const stamp = createHash("sha256")
  .update(JSON.stringify([...sessionCommands]))
  .digest("hex")
  .slice(0, 16);

/**
 * A command of bash that copies them to the guest's disk, where a search of PATH costs no answer of the controller. The check of a session
 * does it before the freeze, so that a run finds them there.
 */
export function renderCommandsCopy(layout: SessionLayout): string {
  const folder = shellWord(layout.commands);
  const from = `${shellWord(`${layout.xchg}/${xchg.commands}`)}/*`;
  const done = shellWord(`${layout.commands}/.${stamp}`);
  return `{ [ -e ${done} ] || { rm -rf ${folder} && mkdir -p ${folder} && cp ${from} ${folder} && chmod 755 ${folder}/* && : >${done}; }; }`;
}
