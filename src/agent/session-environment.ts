import { basename } from "node:path";
import { xchg } from "../contract/filenames.ts";
import type { Execution } from "./execution.ts";
import type { SessionLayout } from "./session-layout.ts";
import { shellWord } from "./shell-words.ts";

/** What of them stands in a session's command line, in bytes; more is read from a file, for which a guest has to ask the controller six times. */
const inlineLimit = 4096;

/** A session's file for variables, relative to xchg. */
export const environmentFile = `${xchg.run}/environment`;

/** The file's path and content, where the command's variables need one. */
export function renderEnvironmentFile(
  execution: Execution,
  layout: SessionLayout,
): readonly (readonly [string, string])[] {
  const text = renderEnvironment(execution, layout);
  return isShort(text) ? [] : [[environmentFile, text]];
}

/** A function of bash, `environment`, that sets the command's variables. */
export function environmentFunction(execution: Execution, layout: SessionLayout): string {
  const text = renderEnvironment(execution, layout);
  const body = isShort(text) ? text : `  . ${shellWord(`${layout.xchg}/${environmentFile}`)}\n`;
  return `environment() {\n${body}}`;
}

function isShort(text: string): boolean {
  return Buffer.byteLength(text) <= inlineLimit;
}

/** The variables of a session's command as lines that bash reads. */
function renderEnvironment(execution: Execution, layout: SessionLayout): string {
  return Object.entries(sessionEnvironment(execution, layout))
    .map(([name, value]) => `export ${name}=${shellWord(value)}\n`)
    .join("");
}

/** Name of the file in the build folder that holds what passAsFile hands over as `name`. */
export function attributeFile(name: string): string {
  return `.attr-${name}`;
}

/** The command's own variables, and those that Nix sets for every build. */
function sessionEnvironment(execution: Execution, layout: SessionLayout): Readonly<Record<string, string>> {
  const { kind, environment, outputs, passAsFile, structuredAttributes } = execution;
  const work = layout.workMount;
  const native = kind !== "bash";
  return {
    ...environment,
    ...Object.fromEntries(
      Object.entries(outputs).map(([name, path]) => [
        name,
        native ? `${layout.outputsNative}\\${basename(path)}` : path,
      ]),
    ),
    ...Object.fromEntries(passAsFile.map((name) => [`${name}Path`, `${work}/${attributeFile(name)}`])),
    ...(structuredAttributes
      ? { NIX_ATTRS_JSON_FILE: `${work}/.attrs.json`, NIX_ATTRS_SH_FILE: `${work}/.attrs.sh` }
      : {}),
    // Cygwin spells TMP, TEMP and TMPDIR as Windows does for the native programs that it starts.
    ...Object.fromEntries(["NIX_BUILD_TOP", "TMPDIR", "TEMPDIR", "TMP", "TEMP"].map((name) => [name, work])),
    CASEMENT_RUN: `${layout.xchg}/${xchg.run}`,
    CASEMENT_RUN_NATIVE: `${layout.xchgNative}\\${xchg.run}`,
  };
}
