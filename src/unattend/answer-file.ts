import { InternalError } from "../errors.ts";
import { mergeExtraSettings } from "./extra-settings.ts";
import { fixedComponents } from "./fixed-settings.ts";
import { joinComponents } from "./join-components.ts";
import { oobeSystem } from "./passes/oobe-system.ts";
import { specialize } from "./passes/specialize.ts";
import { windowsPe } from "./passes/windows-pe.ts";
import { printAnswerFile } from "./print.ts";
import type { AnswerSettings } from "./settings.ts";
import type { Component } from "./tree.ts";

/**
 * Autounattend.xml for Windows 7 to 11 and Server 2008 R2 to 2025: Setup asks nothing, installs to the first disk, logs the
 * account on once and starts the bootstrap medium's first-logon script. Same settings, same bytes. Does not check the
 * settings: checkAnswerFile looks at the outcome. XP and Server 2003 have renderWinntSif.
 */
export function renderAnswerFile(settings: AnswerSettings): string {
  return printAnswerFile(settings.architecture, answerComponents(settings));
}

/** What the answer file holds, extra settings among it. Throws ExtraSettingsConflict. */
export function answerComponents(settings: AnswerSettings): Component[] {
  if (settings.family === "xp") throw new InternalError("answer file: XP and Server 2003 read winnt.sif");
  const components = joinComponents([
    ...windowsPe(settings),
    ...fixedComponents("offlineServicing", settings),
    ...specialize(settings),
    ...oobeSystem(settings),
  ]);
  return mergeExtraSettings(components, settings.extraSettings);
}
