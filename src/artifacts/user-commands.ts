import { refuse } from "../text/unrepresentable.ts";

/**
 * The batch file of the spec's commands for the first logon. Each stands there as it was written, on a line of its own, so
 * that `%NAME%`, quotes and `&` mean what they mean in any batch file; one that ends with another code than 0 ends the
 * file with that code. While it runs, and after a failure, reason.txt says which command it was; it is gone at the end.
 * Throws UnrepresentableError for what a line cannot hold: characters outside ASCII (the code page decides what they mean)
 * and a `^` at the end, which would take the next line with it.
 */
export function renderUserCommands(commands: readonly string[]): string {
  for (const command of commands) refuse("batch file", command, /[^\u0020-\u007E]|\^$/u);
  const lines = [
    "@echo off",
    "rem The spec's windows.commands.firstLogon, as written there. MEDIUM is the drive of the bootstrap medium.",
    ...commands.flatMap((command, index) => [
      "",
      `call :casement-begin ${index}`,
      command,
      'if not "%errorlevel%"=="0" goto casement-failed',
    ]),
    "",
    "del /q C:\\casement\\reason.txt",
    "exit /b 0",
    "",
    "rem What stands in reason.txt until the next command is reached: the truth if that never happens.",
    ":casement-begin",
    'set "CASEMENT_COMMAND=windows.commands.firstLogon[%1]"',
    "echo ---- %CASEMENT_COMMAND%",
    ">C:\\casement\\reason.txt echo %CASEMENT_COMMAND% ended the script: it called exit, or another batch file without call",
    "exit /b 0",
    "",
    ":casement-failed",
    'set "CASEMENT_CODE=%errorlevel%"',
    ">C:\\casement\\reason.txt echo %CASEMENT_COMMAND% ended with %CASEMENT_CODE%",
    "exit /b %CASEMENT_CODE%",
  ];
  return lines.map((line) => `${line}\r\n`).join("");
}
