import { basename } from "node:path";
import { xchg } from "../contract/filenames.ts";
import { guest } from "../contract/guest.ts";
import { batchFile, windowsPath } from "./cmd-drives.ts";
import { desktopEnded, desktopFiles } from "./desktop-files.ts";
import { checkExecution, type Execution } from "./execution.ts";
import { sessionError } from "./session-error.ts";
import { sessionFiles } from "./session-files.ts";
import { screenshotBatch } from "./screenshot-command.ts";
import { StepError } from "./step-error.ts";

/** Lines of batch that copy a file through X: and look at S:; STATUS is 0 when both went well. */
export function renderCmdCheck(names: { readonly there: string; readonly back: string }): readonly string[] {
  const onX = (name: string): string => `${guest.drives.xchg}\\${windowsPath(name)}`;
  return [
    `copy /y ${onX(names.there)} ${onX(names.back)} >nul`,
    "if errorlevel 1 goto unmap",
    `dir /b ${guest.drives.store}\\ >nul`,
    'if not errorlevel 1 set "STATUS=0"',
  ];
}

/** A line of batch that starts something at the desktop, and waits for it. */
const launchLine = `"%ComSpec%" /d /c ${guest.drives.xchg}\\${windowsPath(desktopFiles.launch)} <nul`;

/** Lines behind those that have the desktop do what it was given, where they went well. */
export function renderCmdDesktopCheck(): readonly string[] {
  return ['if not "%STATUS%"=="0" goto unmap', launchLine, 'if errorlevel 1 set "STATUS=1"'];
}

/**
 * What a session of cmd lays into xchg/run beside the user's script, and the lines of batch that run it. The script runs in
 * a cmd of its own (main.cmd), which writes down %errorlevel% with all its 32 bits; only after a 0 the result folder is
 * packed, by the tar.exe that Windows brings. Throws StepError for what cmd cannot run or carry.
 */
export function renderCmdExecution(execution: Execution): {
  readonly files: ReadonlyMap<string, string>;
  readonly body: readonly string[];
} {
  checkExecution(execution);
  if (execution.kind === "bash")
    throw new StepError(
      "execute",
      "kind: bash needs access: cygwin; with openssh there are cmd and powershell",
    );
  if (execution.setClockEpochSeconds !== null)
    throw new StepError(
      "execute",
      "setClockEpochSeconds: a clock is set by Cygwin's date, which is not there",
    );
  if (execution.shell?.when === "instead")
    throw new StepError("execute", "shell: a command that reads what is typed is for bash");
  if (execution.structuredAttributes || execution.passAsFile.length > 0)
    throw new StepError(
      "execute",
      "passAsFile and structured attributes are for bash; with openssh there is none",
    );
  const files = new Map<string, string>([[`${xchg.commands}/screenshot.cmd`, screenshotBatch]]);
  if (execution.desktopSeconds === null) files.set(sessionFiles.main, renderMain(execution, execution.shell));
  else {
    files.set(sessionFiles.main, renderDesktopMain(execution));
    files.set(desktopFiles.main, renderMain(execution, null));
  }
  return { files, body: renderBody(execution) };
}

const run = `${guest.drives.xchg}\\${xchg.run}`;
const outputsFolder = guest.outputs.native;
const work = guest.work.native;

function renderBody(execution: Execution): readonly string[] {
  const { outputs, makeOutputs, collect, shell } = execution;
  const exchange = guest.drives.xchg;
  // What another session has written on X: may be remembered as it was.
  const code =
    execution.desktopSeconds === null
      ? `${exchange}\\${windowsPath(xchg.exitCode)}`
      : `${guest.desktop.native}\\${desktopEnded}`;
  const tar = `${exchange}\\${xchg.resultTarPart}`;
  const say = (words: string): string => `>${exchange}\\${windowsPath(sessionError)} echo ${words}`;
  return [
    `for %%d in (${outputsFolder} ${work}) do if exist %%d rd /s /q %%d`,
    `for %%d in (${outputsFolder} ${work}) do if exist %%d goto folders-stay`,
    `for %%d in (${outputsFolder} ${work}) do md %%d`,
    ...(makeOutputs ? Object.values(outputs).map((path) => `md ${nativeOutput(path)}`) : []),
    `"%ComSpec%" /d /c ${run}\\main.cmd${shell === null ? " <nul" : ""}`,
    `if exist ${code} set /p STATUS=<${code}`,
    ...(collect === "never" ? ["goto unmap"] : []),
    ...(collect === "always" ? [] : ['if not "%STATUS%"=="0" goto failed', 'set "STATUS=1"']),
    `%SystemRoot%\\System32\\tar.exe -cf ${tar} -C ${outputsFolder} .`,
    "if errorlevel 1 goto not-packed",
    ...(collect === "always" ? ['if not "%STATUS%"=="0" goto failed'] : ['set "STATUS=0"']),
    "goto unmap",
    ":folders-stay",
    say("the folders of an earlier run could not be removed"),
    "goto unmap",
    ":not-packed",
    say(`${outputsFolder} could not be packed into ${xchg.resultTar}`),
    "goto unmap",
    // The whole code is in its file; a channel's status needs no more than to be a failure.
    ":failed",
    'set "STATUS=1"',
  ];
}

/** Runs the script and writes down its code; with a shell before or after it. */
function renderMain(execution: Execution, shell: Execution["shell"]): string {
  const { kind, script } = execution;
  const path = `${run}\\${script}`;
  const command =
    kind === "cmd"
      ? `"%ComSpec%" /d /c ${path}`
      : `powershell.exe -NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -File ${path}`;
  return withShell(execution, shell, [
    `${command}${shell === null ? "" : " <nul"}`,
    `>${run}\\exit-code echo %errorlevel%`,
  ]);
}

/** Has the script run at the desktop, and a shell here. */
function renderDesktopMain(execution: Execution): string {
  return withShell(execution, execution.shell, [launchLine]);
}

function withShell(
  { environment, outputs }: Execution,
  shell: Execution["shell"],
  command: readonly string[],
): string {
  const results = Object.fromEntries(
    Object.entries(outputs).map(([name, path]) => [name, nativeOutput(path)]),
  );
  const variables = { ...environment, ...results, CASEMENT_RUN: run, CASEMENT_RUN_NATIVE: run };
  return batchFile([
    "@echo off",
    "setlocal disabledelayedexpansion",
    ...Object.entries(variables).map(([name, value]) => setVariable(name, value)),
    `set "PATH=${run}\\commands;%PATH%"`,
    `cd /d ${work}`,
    ...(shell?.when === "before" ? openShell("has not run yet") : []),
    ...command,
    ...(shell?.when === "after" ? openShell("has ended") : []),
    "exit /b 0",
  ]);
}

/** A cmd for whoever looks into the session. */
function openShell(state: string): string[] {
  return [`>&2 echo casement: the command ${state}; exit ends this shell`, '"%ComSpec%" /d'];
}

function nativeOutput(path: string): string {
  return `${outputsFolder}\\${basename(path)}`;
}

/** Outside quotes, with a caret before all that cmd would read: no quote in the value can end one of ours. */
function setVariable(name: string, value: string): string {
  if (/[\r\n]/.test(value))
    throw new StepError(
      "execute",
      `environment.${name}: cmd cannot carry a line break; write it into a file`,
    );
  if (/[^\t -~]/.test(value))
    throw new StepError(
      "execute",
      `environment.${name}: characters outside ASCII depend on Windows' code page, got ${JSON.stringify(value)}; write it into a file`,
    );
  const line = `set ${name}=${value.replaceAll(/[\^&|<>()"!]/g, "^$&").replaceAll("%", "%%")}`;
  if (line.length > 8000)
    throw new StepError(
      "execute",
      `environment.${name}: too long for cmd (8000 characters), got ${line.length}`,
    );
  return line;
}
