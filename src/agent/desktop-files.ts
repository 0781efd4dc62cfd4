import { xchg } from "../contract/filenames.ts";
import { guest } from "../contract/guest.ts";
import type { AccessKind } from "../contract/machine.ts";
import { batchFile, type CmdAccount, netUse, windowsPath } from "./cmd-drives.ts";
import { sessionError } from "./session-error.ts";

/** What a session lays into xchg to run something at the desktop, and what comes of it there. */
export const desktopFiles = {
  /** Run in the session of the login: starts the rest at the desktop and waits for it. */
  launch: `${xchg.desktop}/launch.cmd`,
  /** Run at the desktop by the task scheduler: starts the next one without a window. */
  start: `${xchg.desktop}/start.js`,
  /** Maps the drives at the desktop, and runs there what it was rendered with. */
  task: `${xchg.desktop}/task.cmd`,
  /** The command in bash, with `access: cygwin`. */
  script: `${xchg.desktop}/script.sh`,
  /** The command in cmd, with `access: openssh`. */
  main: `${xchg.desktop}/main.cmd`,
  /** What the command writes, as it comes: both streams in their order. */
  output: `${xchg.desktop}/output`,
  /** Why nothing ran at the desktop: a line for the reason, and what was seen. */
  error: `${xchg.desktop}/error`,
} as const;

/** In the folder that both sessions share on the guest's disk: the code of what ran. */
export const desktopEnded = "ended";

const folder = guest.desktop.native;
const task = guest.desktop.task;
const onX = (name: string): string => `${guest.drives.xchg}\\${windowsPath(name)}`;
const say = (words: string): string => `>>${onX(desktopFiles.error)} echo ${words}`;

/**
 * Lines of batch for `body` that run a session's command: its output goes where the agent follows it, and it has no input. Nobody but
 * the session's own script writes the exit code, so a command without one has not run, unless that script says itself what failed.
 */
export function desktopCommand(access: AccessKind): readonly string[] {
  const [shell, command] =
    access === "openssh"
      ? ["cmd.exe", `"%ComSpec%" /d /c ${onX(desktopFiles.main)}`]
      : [
          "bash.exe",
          `${guest.cygwinRoot}\\bin\\bash.exe --noprofile --norc ${guest.mounts.xchg}/${desktopFiles.script}`,
        ];
  return [
    `${command} <nul >>${onX(desktopFiles.output)} 2>&1`,
    `if not exist ${onX(xchg.exitCode)} if not exist ${onX(sessionError)} ${say(`the command left no exit code; ${shell} ended with %errorlevel%`)}`,
    `if exist ${onX(xchg.exitCode)} set /p STATUS=<${onX(xchg.exitCode)}`,
  ];
}

/**
 * The batch files for something at the desktop, path relative to xchg and content of each: `body` are lines of batch that leave their
 * outcome in STATUS, and run with both drives mapped; `seconds` may pass until they do. Throws StepError for an account that cmd cannot
 * carry.
 */
export function renderDesktopFiles(
  desktop: CmdAccount & { readonly seconds: number; readonly body: readonly string[] },
): ReadonlyMap<string, string> {
  return new Map([
    [desktopFiles.launch, renderLaunch(desktop.user, desktop.seconds)],
    [desktopFiles.start, start],
    [desktopFiles.task, renderTask(desktop)],
  ]);
}

/**
 * An interactive task is the one way from session 0 to the console, and `/run` does not tell whether it went. So the task says by files
 * that it has started and ended, and its last result, a number on every language of Windows, tells when it will not.
 */
function renderLaunch(user: string, seconds: number): string {
  // By their paths: Cygwin may have a ping of another kind, and comes first on PATH.
  const tasks = `%SystemRoot%\\System32\\schtasks.exe`;
  const oneSecond = `%SystemRoot%\\System32\\ping.exe -n 2 127.0.0.1 >nul`;
  return batchFile([
    "@echo off",
    "setlocal enableextensions disabledelayedexpansion",
    // What an earlier one of a debug session has met is over.
    `if exist ${onX(desktopFiles.error)} del ${onX(desktopFiles.error)}`,
    // An earlier one that somebody has interrupted would keep this one from its start.
    `${tasks} /end /tn ${task} >nul 2>nul`,
    `if exist ${folder} rd /s /q ${folder}`,
    `if not exist ${folder} md ${folder}`,
    ...[desktopFiles.start, desktopFiles.task].flatMap((name) => [
      `copy /y ${onX(name)} ${folder}\\ >nul`,
      "if errorlevel 1 goto no-files",
    ]),
    // A time that has passed: it never comes by itself.
    `${tasks} /create /tn ${task} /tr "%SystemRoot%\\System32\\wscript.exe //B //E:JScript ${onDisk(desktopFiles.start)}" /sc once /st 00:00 /ru ${user} /it /rl highest /f <nul >${folder}\\said 2>&1`,
    "if errorlevel 1 goto no-task",
    `set "LEFT=${seconds}"`,
    // Again and again, which starts no second one (A155).
    ":run",
    `${tasks} /run /tn ${task} >${folder}\\said 2>&1`,
    "if errorlevel 1 goto no-task",
    'set "LOOKS=5"',
    ":look",
    `if exist ${folder}\\started goto started`,
    "if %LEFT% leq 0 goto nobody",
    oneSecond,
    "set /a LEFT-=1",
    "set /a LOOKS-=1",
    "if %LOOKS% gtr 0 goto look",
    "goto run",
    ":started",
    'set "DOUBTS=5"',
    ":running",
    'set "LOOKS=20"',
    ":wait",
    `if exist ${folder}\\${desktopEnded} goto ended`,
    oneSecond,
    "set /a LOOKS-=1",
    "if %LOOKS% gtr 0 goto wait",
    "call :result",
    `if "%RESULT%"=="${stillRunning}" goto started`,
    `if exist ${folder}\\${desktopEnded} goto ended`,
    // A task scheduler that does not answer has not said that it is over.
    'if not "%RESULT%"=="unknown" goto outside',
    "set /a DOUBTS-=1",
    "if %DOUBTS% gtr 0 goto running",
    ":outside",
    say(`what ran at the desktop was ended from outside, the task's last result is %RESULT%`),
    "goto failed",
    ":ended",
    `${tasks} /delete /tn ${task} /f >nul 2>nul`,
    `if exist ${folder}\\not-mapped goto not-mapped`,
    `set /p STATUS=<${folder}\\${desktopEnded}`,
    "exit /b %STATUS%",
    ":result",
    'set "RESULT=unknown"',
    `${tasks} /query /tn ${task} /fo csv /nh /v >${folder}\\query 2>nul`,
    `for /f "tokens=7 delims=," %%r in (${folder}\\query) do set "RESULT=%%~r"`,
    "exit /b 0",
    ":no-files",
    say(`${folder} could not be filled`),
    "goto failed",
    ":no-task",
    say("the task scheduler refused"),
    `type ${folder}\\said >>${onX(desktopFiles.error)}`,
    "goto failed",
    ":nobody",
    "call :result",
    say(`nothing started at the console within ${seconds} s: ${user} is not logged on there`),
    say(`the task's last result is %RESULT%, and -2147023651 stands for a user who is not logged on`),
    say(
      "the screenshot shows the console; a logon banner or a changed password prevents the automatic logon",
    ),
    "goto failed",
    ":not-mapped",
    say("S: and X: could not be mapped at the desktop"),
    `type ${folder}\\not-mapped >>${onX(desktopFiles.error)}`,
    ":failed",
    `${tasks} /delete /tn ${task} /f >nul 2>nul`,
    "exit /b 1",
  ]);
}

/** SCHED_S_TASK_RUNNING, 0x41301, as a task's last result. */
const stillRunning = "267009";

/** A console window would stand before whatever the command opens; 0 hides it, and true waits. wscript has none itself (A135). */
const start = `WScript.Quit(WScript.CreateObject("WScript.Shell").Run("%ComSpec% /d /c ${onDisk(desktopFiles.task).replaceAll("\\", "\\\\")}", 0, true));\r\n`;

/** Drive letters belong to a logon session, and the console's is another one than the login's (A132). */
function renderTask(desktop: CmdAccount & { readonly body: readonly string[] }): string {
  const { drives, shares } = guest;
  return batchFile([
    "@echo off",
    "setlocal enableextensions disabledelayedexpansion",
    `>${folder}\\started echo started`,
    'set "STATUS=1"',
    `${netUse(desktop, drives.xchg, shares.xchg)} >${folder}\\drives 2>&1`,
    "if errorlevel 1 goto not-mapped",
    `${netUse(desktop, drives.store, shares.store)} >>${folder}\\drives 2>&1`,
    "if errorlevel 1 goto not-mapped",
    `cd /d ${drives.store}\\ 2>>${folder}\\drives`,
    "if errorlevel 1 goto not-mapped",
    "cd /d C:\\",
    ...desktop.body,
    ":unmap",
    "cd /d C:\\",
    ...[drives.xchg, drives.store].map((drive) => `net use ${drive} /delete /y >nul 2>&1`),
    // Whole when it is there: somebody looks for it.
    `>${folder}\\${desktopEnded}.part echo %STATUS%`,
    `move /y ${folder}\\${desktopEnded}.part ${folder}\\${desktopEnded} >nul`,
    "exit",
    ":not-mapped",
    `copy /y ${folder}\\drives ${folder}\\not-mapped >nul`,
    "goto unmap",
  ]);
}

function onDisk(name: string): string {
  return `${folder}\\${name.slice(name.lastIndexOf("/") + 1)}`;
}
