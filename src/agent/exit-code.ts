import { constants } from "node:os";

/**
 * Reads what the session wrote into its exit-code file: cmd's %errorlevel% (signed, 32 bits) or bash's status, as an
 * unsigned 32-bit number. Undefined for anything else, so that an empty file never reads as 0.
 */
export function parseExitCode(text: string): number | undefined {
  const digits = /^\s*(-?\d{1,10})\s*$/.exec(text)?.[1];
  if (digits === undefined) return undefined;
  const code = Number(digits);
  return code < -0x8000_0000 || code > 0xffff_ffff ? undefined : code >>> 0;
}

/** A channel's end as an exit code: its status, or 128 + n for a signal (RFC 4254 gives its name without SIG). */
export function channelExitCode(end: {
  readonly status: number | undefined;
  readonly signal: string | undefined;
}): number | undefined {
  if (end.status !== undefined) return end.status >>> 0;
  if (end.signal === undefined) return undefined;
  const name = `SIG${end.signal.replace(/^SIG/, "").replace(/@.*$/, "")}`;
  const number: number | undefined = (constants.signals as Readonly<Record<string, number | undefined>>)[
    name
  ];
  return 128 + (number ?? constants.signals.SIGKILL);
}
