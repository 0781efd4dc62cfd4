import { basename } from "node:path";
import { xchg } from "../contract/filenames.ts";
import { windowsPath } from "./cmd-drives.ts";
import { desktopEnded, desktopFiles } from "./desktop-files.ts";
import { checkExecution, type Execution } from "./execution.ts";
import { commandLine, outputMountLines, runLines } from "./session-command.ts";
import { attributeFile, environmentFunction, renderEnvironmentFile } from "./session-environment.ts";
import { renderCommandsCopy, sessionCommands } from "./session-commands.ts";
import { sessionError } from "./session-error.ts";
import type { SessionLayout } from "./session-layout.ts";
import { shellWord } from "./shell-words.ts";

/** Files that a session lays beside the user's script, relative to xchg. */
export const sessionFiles = {
  main: `${xchg.run}/main.cmd`,
} as const;

/** Path relative to xchg and content of each; throws StepError where the request names what a session cannot run. */
export function renderSessionFiles(execution: Execution, layout: SessionLayout): ReadonlyMap<string, string> {
  checkExecution(execution);
  const files = new Map<string, string>([...sessionCommands, ...renderEnvironmentFile(execution, layout)]);
  if (execution.kind !== "bash") files.set(sessionFiles.main, renderMain(execution, layout));
  if (execution.desktopSeconds !== null)
    files.set(desktopFiles.script, renderDesktopScript(execution, layout));
  return files;
}

/**
 * What a session does while its drives are mapped: fresh folders, and the outputs at their store paths. Why that failed
 * stands in $unprepared. A program that it starts costs Cygwin tens of milliseconds (it has to make fork of what Windows has), so it
 * starts few.
 */
export function renderPreparation(
  execution: Execution,
  layout: SessionLayout,
): { readonly first: string; readonly belowStore: string } {
  return {
    first: renderFirst(execution, layout),
    belowStore: outputMountLines(execution, layout, '[ -n "$unprepared" ] || note').join("\n"),
  };
}

function renderFirst(execution: Execution, layout: SessionLayout): string {
  const folders = outputFolders(execution);
  const isThere = folders.length > 0 ? "" : '{ [ -d "$outputs_folder" ] && [ -d "$work_folder" ]; } || ';
  return `outputs_folder=${shellWord(layout.outputs)}
work_folder=${shellWord(layout.work)}
unprepared=
note() {
  unprepared=$1
  return 1
}
# The folder itself stays.
empty() {
  if [ -L "$1" ] || [ -f "$1" ]; then rm -f "$1"; return; fi
  shopt -s nullglob dotglob
  left=("$1"/*)
  shopt -u nullglob dotglob
  [ "\${#left[@]}" = 0 ] || find "$1" -ignore_readdir_race -mindepth 1 -delete
}
prepare() {
  empty "$outputs_folder" || ${noted('"$outputs_folder of an earlier run could not be emptied"')}
  # This one is a mount point.
  empty "$work_folder" || ${noted('"$work_folder of an earlier run could not be emptied"')}
  ${isThere}mkdir -p ${['"$outputs_folder"', '"$work_folder"', ...folders].join(" ")} || ${noted('"$outputs_folder and $work_folder could not be made"')}
}
prepare`;
}

/**
 * What runs in the mapped session, as one command of bash. bash scripts get what nixpkgs gives a buildCommand: errexit, pipefail
 * and inherit_errexit, unset variables allowed, no start-up files. The command's code goes into the exit-code file; the
 * outputs are packed after a 0, or always where that is wanted. It stands in the command line of the login, so that nothing of it has to be
 * fetched, and nothing lies on X: when X: goes.
 */
export function renderBody(execution: Execution, layout: SessionLayout): string {
  return `(
  run=${shellWord(`${layout.xchg}/${xchg.run}`)}
  work=${shellWord(layout.workMount)}
  commands=${shellWord(layout.commands)}
${failFunction(layout)}
${environmentFunction(execution, layout)}
  [ -z "$unprepared" ] || fail "$unprepared"
  ${renderCommandsCopy(layout)} || fail "$commands could not be filled"
${[clockLines(execution.setClockEpochSeconds), ...againLines(execution, layout), ...attributeLines(execution)].join("\n")}
  PATH=$commands:$PATH
  cd "$work" || fail "$work cannot be entered"
${shellLines(execution, "before")}
${execution.desktopSeconds === null ? runLines(execution, layout) : desktopLines(layout)}
${shellLines(execution, "after")}
  cd /
${leavingLines(execution)}  cd "$outputs_folder" || fail "$outputs_folder cannot be entered"
  left=()
  for name in ${Object.values(execution.outputs)
    .map((path) => basename(path))
    .join(" ")}; do
    if [ -e "$name" ] || [ -L "$name" ]; then left+=("$name"); fi
  done
  # -T: an archive of nothing, where nothing is left.
  /usr/bin/tar -cf ${shellWord(`${layout.xchg}/${xchg.resultTarPart}`)} -T /dev/null "\${left[@]}" || fail "tar of the outputs failed with $?"
)${execution.shell === null ? " </dev/null" : ""}`;
}

/** Keeps the reason, and ends the preparation. */
function noted(reason: string): string {
  return `note ${reason} || return`;
}

/**
 * What runs the command at the desktop, where the login's session has made folders and commands: in a session of its own, and so with
 * mounts of its own. In one function, so that bash has read it before it runs.
 */
function renderDesktopScript(execution: Execution, layout: SessionLayout): string {
  return `#!/bin/bash
run=${shellWord(`${layout.xchg}/${xchg.run}`)}
PATH=${shellWord(layout.commands)}:${shellWord(layout.path)}:$PATH

${failFunction(layout)}

${environmentFunction(execution, layout)}

main() {
${outputMountLines(execution, layout, "fail").join("\n")}
  cd ${shellWord(layout.workMount)} || fail ${shellWord(`${layout.workMount} cannot be entered`)}
${runLines(execution, layout)}
  cd /
}

main
exit 0
`;
}

function failFunction(layout: SessionLayout): string {
  return `fail() {
  printf '%s\\n' "$1" >${shellWord(`${layout.xchg}/${sessionError}`)}
  exit 1
}`;
}

/** Folders of the outputs, as words of bash. */
function outputFolders({ outputs, makeOutputs }: Execution): string[] {
  if (!makeOutputs) return [];
  return Object.values(outputs).map((path) => `"$outputs_folder/${basename(path)}"`);
}

/** The command runs elsewhere, and its code lies on the disk: another session's X: may be remembered as it was. */
function desktopLines(layout: SessionLayout): string {
  const ended = shellWord(`${layout.desktop}/${desktopEnded}`);
  return `  ${launchLine(layout)} </dev/null
  code=$(tr -cd '0-9-' <${ended})
  [ -n "$code" ] || exit 1`;
}

/** What starts the command at the desktop, and waits for it. */
export function launchLine(layout: SessionLayout): string {
  return `cmd /d /c ${shellWord(`${layout.xchgNative}\\${windowsPath(desktopFiles.launch)}`)}`;
}

/** Runs the command, in a shell beside it. */
function againLines(execution: Execution, layout: SessionLayout): string[] {
  if (execution.shell === null) return [];
  const again = execution.desktopSeconds === null ? commandLine(execution, layout) : launchLine(layout);
  const content = `#!/bin/bash\nexec ${again} </dev/null\n`;
  return [
    `  { printf %s ${shellWord(content)} >"$commands/casement-command" && chmod 755 "$commands/casement-command"; } || fail "$commands could not be filled"`,
  ];
}

/** Copies of what Nix would lay into the build folder. */
function attributeLines({ passAsFile, structuredAttributes }: Execution): string[] {
  const copy = (from: string, to: string): string =>
    `  cp "$run/attributes/${from}" "$work/${to}" || fail "$work/${to} could not be written"`;
  return [
    ...passAsFile.map((name) => copy(name, attributeFile(name))),
    ...(structuredAttributes ? [".attrs.json", ".attrs.sh"].map((name) => copy(name, name)) : []),
  ];
}

/** Which ends of a command leave nothing to pack. */
function leavingLines({ collect }: Execution): string {
  if (collect === "always") return "";
  return collect === "never" ? "  exit 0\n" : `  [ "$code" = 0 ] || exit 1\n`;
}

/**
 * A shell for whoever looks into the session, with the command's variables and in its folder: bash, or cmd where the command is
 * for that. Without a terminal it reads what it is given.
 */
function shellLines(execution: Execution, when: "before" | "after"): string {
  if (execution.shell?.when !== when) return "  :";
  const said = when === "before" ? "has not run yet" : "has ended with code $code";
  const program =
    execution.kind === "bash"
      ? `if [ -t 0 ]; then PS1='\\n\\u@\\h \\w \\$ ' exec /bin/bash --noprofile --norc -i; else exec /bin/bash --noprofile --norc; fi`
      : "exec cmd /d";
  return `  printf '%s\\n' "casement: the command ${said}; casement-command runs it${when === "after" ? " again" : ""}, exit ends this shell" >&2
  (
    environment
    ${program}
  ) || :`;
}

function clockLines(epochSeconds: number | null): string {
  if (epochSeconds === null) return "  :";
  return `  before=$(date +%s)
  date -u -s @${epochSeconds} >/dev/null || fail "the clock could not be set to ${epochSeconds} (date failed with $?)"
  after=$(date +%s)
  printf 'casement: clock of the guest set from %s to %s, a jump of %s s\\n' "$(date -u -d "@$before" +%FT%TZ)" "$(date -u -d "@$after" +%FT%TZ)" "$((after - before))" >&2`;
}

/**
 * main.cmd runs the user's script in a cmd of its own: a bare \`exit 5\` ends that one, and this one still sees the code
 * with all its 32 bits.
 */
function renderMain(execution: Execution, layout: SessionLayout): string {
  const run = `${layout.xchgNative}\\${xchg.run}`;
  const script = `${run}\\${execution.script}`;
  const command =
    execution.kind === "cmd"
      ? `"%ComSpec%" /d /c "${script}"`
      : `powershell.exe -NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -File "${script}"`;
  return ["@echo off", command, `>"${run}\\exit-code" echo %errorlevel%`, "exit /b 0", ""].join("\r\n");
}
