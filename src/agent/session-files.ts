import { xchg } from "../contract/filenames.ts";
import type { RequestOf } from "../contract/messages.ts";
import { nativeCommand } from "./native-command.ts";
import type { SessionLayout } from "./session-layout.ts";
import { shellWord } from "./shell-words.ts";
import { StepError } from "./step-error.ts";

/** Files that a session lays beside the user's script, relative to xchg. */
export const sessionFiles = {
  session: `${xchg.run}/session.sh`,
  main: `${xchg.run}/main.cmd`,
  native: `${xchg.run}/native`,
  /** What of casement's own work failed in the guest: its presence tells such a failure from the command's. */
  error: `${xchg.run}/session-error`,
} as const;

export type Execution = Pick<
  RequestOf<"execute">,
  "kind" | "script" | "environment" | "setClockEpochSeconds"
>;

/** Path relative to xchg and content of each; throws StepError where the request names what a session cannot run. */
export function renderSessionFiles(execution: Execution, layout: SessionLayout): ReadonlyMap<string, string> {
  checkExecution(execution);
  const files = new Map<string, string>([
    [sessionFiles.session, renderSessionScript(execution, layout)],
    [sessionFiles.native, nativeCommand],
  ]);
  if (execution.kind !== "bash") files.set(sessionFiles.main, renderMain(execution, layout));
  return files;
}

/**
 * The script that runs in the mapped session. bash scripts get what nixpkgs gives a buildCommand: errexit, pipefail
 * and inherit_errexit, unset variables allowed, no start-up files. The command's code goes into the exit-code file; only
 * after a 0 the result folder is packed. Everything is in one function, so that bash has read it before it runs.
 */
function renderSessionScript(execution: Execution, layout: SessionLayout): string {
  const run = `${layout.xchg}/${xchg.run}`;
  const native = execution.kind !== "bash";
  const environment = {
    ...execution.environment,
    out: native ? layout.outNative : layout.out,
    CASEMENT_RUN: run,
    CASEMENT_RUN_NATIVE: `${layout.xchgNative}\\${xchg.run}`,
  };
  return `#!/bin/bash
run=${shellWord(run)}
out_folder=${shellWord(layout.out)}
work_folder=${shellWord(layout.work)}
commands=${shellWord(layout.commands)}

fail() {
  printf '%s\\n' "$1" >${shellWord(`${layout.xchg}/${sessionFiles.error}`)}
  exit 1
}

main() {
${clockLines(execution.setClockEpochSeconds)}
  rm -rf "$out_folder" "$work_folder" "$commands" || fail "the folders of an earlier run could not be removed"
  mkdir -p "$out_folder" "$work_folder" "$commands" || fail "$out_folder and $work_folder could not be made"
  cp "$run/native" "$commands/native" && chmod 755 "$commands/native" || fail "$commands could not be filled"
  PATH=$commands:$PATH
  cd "$work_folder" || fail "$work_folder cannot be entered"
  (
${Object.entries(environment)
  .map(([name, value]) => `    export ${name}=${shellWord(value)}`)
  .join("\n")}
    exec ${commandLine(execution, layout)}
  ) </dev/null
  code=$?
  cd /
${codeLines(execution)}
  [ "$code" = 0 ] || exit 1
  /usr/bin/tar -cf ${shellWord(`${layout.xchg}/${xchg.resultTar}.part`)} -C "$out_folder" . ||
    fail "tar of $out_folder failed with $?"
  mv ${shellWord(`${layout.xchg}/${xchg.resultTar}.part`)} ${shellWord(`${layout.xchg}/${xchg.resultTar}`)} ||
    fail "${xchg.resultTar} could not be put in its place"
}

main
exit 0
`;
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
  "session.cmd",
  "main.cmd",
  "native",
  "exit-code",
  "session-error",
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
}
