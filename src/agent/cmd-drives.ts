import { xchg } from "../contract/filenames.ts";
import { guest } from "../contract/guest.ts";
import { mappedMarker, notMappedStatus, notUnmappedStatus } from "./drives.ts";
import { StepError } from "./step-error.ts";

/** The batch file of a session, relative to xchg. */
export const cmdSessionFile = `${xchg.run}/session.cmd`;

/** Where a session of cmd finds its shares and what it knows of itself. */
export interface CmdAccount {
  /** Of the shares. */
  readonly server: string;
  readonly user: string;
  readonly password: string;
}

/**
 * The command line of a login's one SSH channel, for cmd: maps X: and starts the batch file that lies there, from the
 * guest's disk, because cmd reads a batch file while it runs it and X: goes before its last line. What fails, ends it
 * without the marker.
 */
export function renderCmdLogin(account: CmdAccount): string {
  const { xchg: drive } = guest.drives;
  return [
    `${netUse(account, drive, guest.shares.xchg)} 2>&1`,
    `copy /y ${drive}\\${windowsPath(cmdSessionFile)} ${onDisk} >nul`,
    onDisk,
  ].join(" && ");
}

/**
 * That batch file: maps S:, prints the marker, runs `body` (lines of batch that leave their outcome in STATUS), unmaps
 * both drives and ends with STATUS. What `net use` says before the marker comes on stdout.
 */
export function renderCmdSession(
  session: CmdAccount & { readonly nonce: string; readonly body: readonly string[] },
): string {
  const { store, xchg: exchange } = guest.drives;
  const unmap = (drive: string): string[] => [
    `net use ${drive} /delete /y >nul`,
    `if errorlevel 1 set "LEFT=%LEFT% ${drive}"`,
  ];
  return batchFile([
    "@echo off",
    "setlocal enableextensions disabledelayedexpansion",
    'set "STATUS=1"',
    'set "LEFT="',
    `${netUse(session, store, guest.shares.store)} 2>&1`,
    "if errorlevel 1 goto not-mapped",
    `cd /d ${store}\\`,
    "if errorlevel 1 goto not-mapped",
    "cd /d C:\\",
    `echo ${mappedMarker(session.nonce)}`,
    ...session.body,
    ":unmap",
    // A drive that is somebody's folder is in use.
    "cd /d C:\\",
    ...unmap(exchange),
    ...unmap(store),
    "if not defined LEFT exit %STATUS%",
    "echo casement: drives could not be unmapped:%LEFT% 1>&2",
    `if "%STATUS%"=="0" set "STATUS=${notUnmappedStatus}"`,
    "exit %STATUS%",
    ":not-mapped",
    `echo ${store} cannot be used in this session`,
    `exit ${notMappedStatus}`,
  ]);
}

/** Lines as cmd wants them. */
export function batchFile(lines: readonly string[]): string {
  return lines.map((line) => `${line}\r\n`).join("");
}

/** A path relative to xchg, as Windows writes it. */
export function windowsPath(path: string): string {
  return path.replaceAll("/", "\\");
}

const onDisk = `${guest.folder}\\session.cmd`;

// The spec allows nothing in either that cmd or net would read (spec/patterns.ts); a request could still hold it.
const plainWord = /^[A-Za-z0-9][A-Za-z0-9._+@~-]*$/;

/** Maps a drive, for batch; throws StepError for an account that cmd cannot carry. */
export function netUse({ server, user, password }: CmdAccount, drive: string, share: string): string {
  for (const [name, value] of Object.entries({ user, password })) {
    if (plainWord.test(value)) continue;
    // A password does not belong into a message.
    const got = name === "user" ? `, got ${JSON.stringify(value)}` : "";
    throw new StepError(
      "request",
      `${name}: cmd cannot carry it${got}; allowed: letters, digits, . _ + @ ~ -`,
    );
  }
  return `net use ${drive} \\\\${server}\\${share} ${password} /user:${user} /persistent:no`;
}
