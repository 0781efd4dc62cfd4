import { basename } from "node:path";
import { xchg } from "../contract/filenames.ts";
import { windowsPath } from "./cmd-drives.ts";
import { desktopEnded, desktopFiles } from "./desktop-files.ts";
import { checkExecution, type Execution } from "./execution.ts";
import { nativeCommand } from "./native-command.ts";
import { commandLine, mountLines, runLines } from "./session-command.ts";
import { attributeFile, renderEnvironment } from "./session-environment.ts";
import { screenshotBatch, screenshotCommand } from "./screenshot-command.ts";
import { sessionError } from "./session-error.ts";
import type { SessionLayout } from "./session-layout.ts";
import { shellWord } from "./shell-words.ts";

/** Files that a session lays beside the user's script, relative to xchg. */
export const sessionFiles = {
  session: `${xchg.run}/session.sh`,
  main: `${xchg.run}/main.cmd`,
  /** The command's variables, for bash to read. */
  environment: `${xchg.run}/environment`,
  /** A command of the session, for cmd and PowerShell. */
  screenshotBatch: `${xchg.commands}/screenshot.cmd`,
} as const;

/** Path relative to xchg and content of each; throws StepError where the request names what a session cannot run. */
export function renderSessionFiles(execution: Execution, layout: SessionLayout): ReadonlyMap<string, string> {
  checkExecution(execution);
  const files = new Map<string, string>([
    [sessionFiles.session, renderSessionScript(execution, layout)],
    [sessionFiles.environment, renderEnvironment(execution, layout)],
  ]);
  if (execution.kind !== "bash") files.set(sessionFiles.main, renderMain(execution, layout));
  if (execution.desktopSeconds !== null)
    files.set(desktopFiles.script, renderDesktopScript(execution, layout));
  return files;
}

/**
 * The script that runs in the mapped session. bash scripts get what nixpkgs gives a buildCommand: errexit, pipefail
 * and inherit_errexit, unset variables allowed, no start-up files. The command's code goes into the exit-code file; the
 * outputs are packed after a 0, or always where that is wanted. Everything is in one function, so that bash has read it
 * before it runs. A program that it starts costs Cygwin tens of milliseconds (it has to make fork of what Windows has), so it starts few.
 */
function renderSessionScript(execution: Execution, layout: SessionLayout): string {
  return `#!/bin/bash
run=${shellWord(`${layout.xchg}/${xchg.run}`)}
outputs_folder=${shellWord(layout.outputs)}
work_folder=${shellWord(layout.work)}
work=${shellWord(layout.workMount)}
commands=${shellWord(layout.commands)}

${failFunction(layout)}

main() {
${clockLines(execution.setClockEpochSeconds)}
  for folder in "$outputs_folder" "$work_folder" "$commands"; do
    [ ! -e "$folder" ] || rm -rf "$folder" || fail "$folder of an earlier run could not be removed"
  done
  mkdir -p ${['"$outputs_folder"', '"$work_folder"', '"$commands"', ...outputFolders(execution)].join(" ")} || fail "$outputs_folder and $work_folder could not be made"
${[...mountLines(execution, layout), ...attributeLines(execution)].join("\n")}
${commandLines(execution, layout).join("\n")}
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
  /usr/bin/tar -cf ${shellWord(`${layout.xchg}/${xchg.resultTar}.part`)} -T /dev/null "\${left[@]}" || fail "tar of the outputs failed with $?"
  cd /
  mv ${shellWord(`${layout.xchg}/${xchg.resultTar}.part`)} ${shellWord(`${layout.xchg}/${xchg.resultTar}`)} ||
    fail "${xchg.resultTar} could not be put in its place"
}

main
exit 0
`;
}

/**
 * What runs the command at the desktop, where the login's session has made folders and commands: in a session of its own, and so with
 * mounts of its own. In one function, as the other is.
 */
function renderDesktopScript(execution: Execution, layout: SessionLayout): string {
  return `#!/bin/bash
run=${shellWord(`${layout.xchg}/${xchg.run}`)}
PATH=${shellWord(layout.commands)}:${shellWord(layout.path)}:$PATH

${failFunction(layout)}

main() {
${mountLines(execution, layout).join("\n")}
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

/** The session's own commands, written by bash itself: a file of its own for each would cost a copy through X:. */
function commandLines(execution: Execution, layout: SessionLayout): string[] {
  const again = execution.desktopSeconds === null ? commandLine(execution, layout) : launchLine(layout);
  const commands = {
    // Runs the command, in a shell beside it.
    "casement-command": `#!/bin/bash\nexec ${again} </dev/null\n`,
    native: nativeCommand,
    screenshot: screenshotCommand,
    "screenshot.cmd": screenshotBatch,
  };
  const writes = Object.entries(commands).map(
    ([name, content]) => `printf %s ${shellWord(content)} >"$commands/${name}"`,
  );
  return [
    `  ${[...writes, 'chmod 755 "$commands"/*'].join(" &&\n  ")} || fail "$commands could not be filled"`,
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
    . "$run/environment"
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
