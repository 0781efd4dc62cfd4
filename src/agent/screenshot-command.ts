import { screenshotRequest, xchg } from "../contract/filenames.ts";

/**
 * `screenshot NAME`, a command of the session: keeps what the screen shows as NAME.png in the run's report. For bash, and
 * as a batch file for cmd and PowerShell. The host answers in the file that asked (runtime/screenshots.ts).
 */
export const screenshotCommand = `#!/bin/bash
set -u
[ $# = 1 ] || { echo 'usage: screenshot NAME: keeps what the screen shows as NAME.png in the report' >&2; exit 2; }
file=$CASEMENT_RUN/${lastPart(xchg.screenshots)}/$1
printf '${screenshotRequest.wanted}\\n' >"$file" || exit 1
for ((tries = 0; tries < 600; tries++)); do
  read -r answer <"$file" 2>/dev/null || answer=
  case $answer in
    ${screenshotRequest.taken}) exit 0 ;;
    failed:*) printf 'screenshot: %s\\n' "\${answer#failed: }" >&2; exit 1 ;;
  esac
  sleep 0.1
done
echo 'screenshot: no answer from the host within 60 s' >&2
exit 1
`;

/** The same for cmd; CR LF. */
export const screenshotBatch = [
  "@echo off",
  "setlocal enableextensions disabledelayedexpansion",
  'if "%~1"=="" goto usage',
  `set "FILE=%CASEMENT_RUN_NATIVE%\\${lastPart(xchg.screenshots)}\\%~1"`,
  `>"%FILE%" echo ${screenshotRequest.wanted}`,
  "if errorlevel 1 exit /b 1",
  'set "TRIES=0"',
  ":look",
  'set "ANSWER="',
  'set /p ANSWER=<"%FILE%"',
  `if "%ANSWER%"=="${screenshotRequest.taken}" exit /b 0`,
  'if "%ANSWER:~0,7%"=="failed:" goto failed',
  "set /a TRIES+=1",
  "if %TRIES% geq 60 goto silence",
  // timeout wants a console.
  "ping -n 2 127.0.0.1 >nul",
  "goto look",
  ":failed",
  "echo screenshot: %ANSWER:~8% 1>&2",
  "exit /b 1",
  ":silence",
  "echo screenshot: no answer from the host within 60 s 1>&2",
  "exit /b 1",
  ":usage",
  "echo usage: screenshot NAME 1>&2",
  "exit /b 2",
  "",
].join("\r\n");

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
