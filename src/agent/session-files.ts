import { basename } from "node:path";
import { xchg } from "../contract/filenames.ts";
import type { RequestOf } from "../contract/messages.ts";
import { nativeCommand } from "./native-command.ts";
import { attributeFile, renderEnvironment } from "./session-environment.ts";
import { screenshotBatch, screenshotCommand } from "./screenshot-command.ts";
import type { SessionLayout } from "./session-layout.ts";
import { shellWord } from "./shell-words.ts";
import { StepError } from "./step-error.ts";

/** Files that a session lays beside the user's script, relative to xchg. */
export const sessionFiles = {
  session: `${xchg.run}/session.sh`,
  main: `${xchg.run}/main.cmd`,
  /** The command's variables, for bash to read. */
  environment: `${xchg.run}/environment`,
  /** Runs the command, in a shell beside it. */
  again: `${xchg.commands}/casement-command`,
  native: `${xchg.commands}/native`,
  screenshot: `${xchg.commands}/screenshot`,
  screenshotBatch: `${xchg.commands}/screenshot.cmd`,
  /** What of casement's own work failed in the guest: its presence tells such a failure from the command's. */
  error: `${xchg.run}/session-error`,
} as const;

export type Execution = Pick<
  RequestOf<"execute">,
  | "kind"
  | "script"
  | "environment"
  | "passAsFile"
  | "structuredAttributes"
  | "outputs"
  | "makeOutputs"
  | "collect"
  | "shell"
  | "setClockEpochSeconds"
>;

/** Path relative to xchg and content of each; throws StepError where the request names what a session cannot run. */
export function renderSessionFiles(execution: Execution, layout: SessionLayout): ReadonlyMap<string, string> {
  checkExecution(execution);
  const files = new Map<string, string>([
    [sessionFiles.session, renderSessionScript(execution, layout)],
    [sessionFiles.environment, renderEnvironment(execution, layout)],
    [sessionFiles.again, `#!/bin/bash\nexec ${commandLine(execution, layout)} </dev/null\n`],
    [sessionFiles.native, nativeCommand],
    [sessionFiles.screenshot, screenshotCommand],
    [sessionFiles.screenshotBatch, screenshotBatch],
  ]);
  if (execution.kind !== "bash") files.set(sessionFiles.main, renderMain(execution, layout));
  return files;
}

/**
 * The script that runs in the mapped session. bash scripts get what nixpkgs gives a buildCommand: errexit, pipefail
 * and inherit_errexit, unset variables allowed, no start-up files. The command's code goes into the exit-code file; the
 * outputs are packed after a 0, or always where that is wanted. Everything is in one function, so that bash has read it
 * before it runs.
 */
function renderSessionScript(execution: Execution, layout: SessionLayout): string {
  return `#!/bin/bash
run=${shellWord(`${layout.xchg}/${xchg.run}`)}
outputs_folder=${shellWord(layout.outputs)}
work_folder=${shellWord(layout.work)}
work=${shellWord(layout.workMount)}
commands=${shellWord(layout.commands)}

fail() {
  printf '%s\\n' "$1" >${shellWord(`${layout.xchg}/${sessionFiles.error}`)}
  exit 1
}

main() {
${clockLines(execution.setClockEpochSeconds)}
  rm -rf "$outputs_folder" "$work_folder" "$commands" || fail "the folders of an earlier run could not be removed"
  mkdir -p "$outputs_folder" "$work_folder" "$commands" || fail "$outputs_folder and $work_folder could not be made"
${[mountLine(layout.workNative, layout.workMount), ...outputLines(execution, layout), ...attributeLines(execution)].join("\n")}
  cp "$run"/commands/* "$commands/" && chmod 755 "$commands"/* || fail "$commands could not be filled"
  PATH=$commands:$PATH
  cd "$work" || fail "$work cannot be entered"
${shellLines(execution, "before")}
  (
    . "$run/environment"
    exec ${commandLine(execution, layout)}
  )${execution.shell?.when === "instead" ? "" : " </dev/null"}
  code=$?
${codeLines(execution)}
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
 * Folders of the outputs, and for bash a mount of each at its store path: what is installed there has that path built in.
 * Cygwin's mounts translate names, so the folder behind one need not exist, and the command makes it at the store path.
 */
function outputLines({ kind, outputs, makeOutputs }: Execution, layout: SessionLayout): string[] {
  return Object.values(outputs).flatMap((path) => {
    const name = basename(path);
    return [
      ...(makeOutputs
        ? [`  mkdir "$outputs_folder/${name}" || fail "output ${name} could not be made"`]
        : []),
      ...(kind === "bash" ? [mountLine(`${layout.outputsNative}\\${name}`, path)] : []),
    ];
  });
}

/** A mount of this login's own: other users have other tables, and it ends with the last process of this one. */
function mountLine(native: string, path: string): string {
  const words = [native.replaceAll("\\", "/"), path].map(shellWord).join(" ");
  return `  said=$(mount -f -o binary ${words} 2>&1) || fail ${shellWord(`${path} could not be mounted: `)}"$said"`;
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

function commandLine(execution: Execution, layout: SessionLayout): string {
  if (execution.kind !== "bash") return `cmd /d /c ${shellWord(`${layout.xchgNative}\\run\\main.cmd`)}`;
  const script = shellWord(`${layout.xchg}/${xchg.run}/${execution.script}`);
  return `/bin/bash --noprofile --norc -e -o pipefail -O inherit_errexit ${script}`;
}

/** bash's own status is the code; cmd has written the file itself, and without one its status counts. */
function codeLines(execution: Execution): string {
  if (execution.kind === "bash") {
    return `  printf '%s\\n' "$code" >"$run/exit-code" || fail "the exit code $code could not be written"`;
  }
  return `  if [ -s "$run/exit-code" ]; then code=$(tr -cd '0-9-' <"$run/exit-code"); else [ "$code" != 0 ] || code=1; printf '%s\\n' "$code" >"$run/exit-code"; fi`;
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

const extensions = { bash: undefined, cmd: /\.(cmd|bat)$/i, powershell: /\.ps1$/i } as const;
const reservedNames = new Set([
  "session.sh",
  "environment",
  "session.cmd",
  "main.cmd",
  "commands",
  "screenshots",
  "exit-code",
  "session-error",
  "attributes",
]);

/** Refuses names that a session cannot run or set; throws StepError. */
export function checkExecution(execution: Execution): void {
  const { kind, script } = execution;
  const refuse = (what: string): never => {
    throw new StepError("execute", what);
  };
  if (!/^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(script)) {
    refuse(`script: not a plain file name, got ${JSON.stringify(script)}; allowed: letters, digits, . _ -`);
  }
  if (reservedNames.has(script.toLowerCase())) {
    refuse(`script: ${script} is a name of the session's own; others are free`);
  }
  if (extensions[kind]?.test(script) === false) {
    refuse(`script: ${kind} runs files ending in ${kind === "cmd" ? ".cmd or .bat" : ".ps1"}, got ${script}`);
  }
  for (const [name, value] of Object.entries(execution.environment)) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      refuse(`environment: not a variable's name, got ${JSON.stringify(name)}; allowed: letters, digits, _`);
    }
    if (/^(errorlevel|comspec)$/i.test(name))
      refuse(`environment.${name}: is cmd's own and would hide its value`);
    if (value.includes("\0")) refuse(`environment.${name}: NUL is not allowed`);
  }
  for (const [name, path] of Object.entries(execution.outputs)) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      refuse(`outputs: not an output's name, got ${JSON.stringify(name)}; allowed: letters, digits, _`);
    }
    // What a store path may be made of, and nothing that a shell or cmd would read.
    if (!/^(\/[A-Za-z0-9+._?=-]+)+$/.test(path))
      refuse(`outputs.${name}: not a store path, got ${JSON.stringify(path)}`);
  }
  for (const name of execution.passAsFile) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      refuse(`passAsFile: not a variable's name, got ${JSON.stringify(name)}; allowed: letters, digits, _`);
    }
  }
}
