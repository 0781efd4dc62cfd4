import type { Beacon } from "../contract/guest.ts";
import { exitCodes, GuestError } from "../errors.ts";
import { describeBeacon } from "./serial.ts";

export interface InstallWatchOptions {
  readonly noProgressMinutes: number;
  readonly deadlineMinutes: number;
  /** False where Windows has no driver for the serial port: then what the host sees has to do. */
  readonly beacons: boolean;
  /** When the guest was started; all times are ms on one clock. */
  readonly startedMs: number;
}

/** How an installation stands. */
export type InstallVerdict =
  | { readonly kind: "going-on" }
  | { readonly kind: "installed" }
  | { readonly kind: "failed"; readonly error: GuestError };

/** Follows an installation by what the host sees (restarts, disk traffic, shutdown) and by beacons. Pure: the caller brings the time. */
export interface InstallWatch {
  beacon(beacon: Beacon, nowMs: number): void;
  /** A restart that the guest asked for; returns how many there have been. */
  restarted(nowMs: number): number;
  /** The guest shut itself down; it is told after its serial port was read to the end. */
  shutDown(nowMs: number): void;
  /** Bytes that all drives have read and written so far. */
  traffic(totalBytes: number, nowMs: number): void;
  verdict(nowMs: number): InstallVerdict;
  /** The stage in one word, for phases and messages: `setup`, or the last beacon's stage. */
  stage(): string;
  /** One line on where things stand, besides the stage. */
  standing(nowMs: number): string;
}

/**
 * Setup restarts at least twice, and the first logon once more, before a step of casement's own can shut the guest down (A78).
 * Without beacons a step that failed late looks the same as the end; the snapshot's session finds it.
 */
const restartsBeforeTheEnd = 3;

/** Less than this is housekeeping: Windows Setup copies gigabytes, a dialog that waits for a person writes next to nothing. */
const progressBytes = 256 * 1024;

/** A watch on an installation that has just been started. */
export function createInstallWatch(options: InstallWatchOptions): InstallWatch {
  let lastProgressMs = options.startedMs;
  let markedBytes = 0;
  let totalBytes = 0;
  let restarts = 0;
  let lastBeacon: Beacon | undefined;
  let failure: Extract<Beacon, { kind: "failed" }> | undefined;
  let isShutDown = false;

  const stage = (): string => lastBeacon?.stage ?? "setup";
  const observation = (nowMs: number): string =>
    `last beacon: ${lastBeacon === undefined ? "none" : describeBeacon(lastBeacon)}; restarts: ${restarts}; ` +
    `${Math.round(totalBytes / 2 ** 20)} MiB read and written; last progress ${minutes(nowMs - lastProgressMs)} ago`;
  const failed = (message: string, nowMs: number, more: { hint?: string; exitCode?: number } = {}) => ({
    kind: "failed" as const,
    error: new GuestError(stage(), message, { observation: observation(nowMs), ...more }),
  });

  return {
    beacon(beacon, nowMs) {
      lastProgressMs = nowMs;
      lastBeacon = beacon;
      if (beacon.kind === "failed") failure ??= beacon;
    },
    restarted(nowMs) {
      lastProgressMs = nowMs;
      restarts += 1;
      return restarts;
    },
    shutDown(nowMs) {
      lastProgressMs = nowMs;
      isShutDown = true;
    },
    traffic(bytes, nowMs) {
      totalBytes = bytes;
      if (bytes - markedBytes < progressBytes) return;
      markedBytes = bytes;
      lastProgressMs = nowMs;
    },
    verdict(nowMs) {
      if (failure !== undefined) {
        const code = failure.code === undefined ? "" : ` with code ${failure.code}`;
        return failed(`failed${code}: ${failure.reason === "" ? "no reason given" : failure.reason}`, nowMs);
      }
      if (isShutDown && lastBeacon?.kind === "stage" && lastBeacon.stage === "installed") {
        return { kind: "installed" };
      }
      if (isShutDown && !options.beacons && lastBeacon === undefined && restarts >= restartsBeforeTheEnd) {
        return { kind: "installed" };
      }
      if (isShutDown) {
        return failed("the guest shut itself down before it had announced 'installed'", nowMs, {
          hint: "Setup or a script of the bootstrap medium gave up: the screenshot and COM1's log say which.",
        });
      }
      if (nowMs - lastProgressMs >= options.noProgressMinutes * 60_000) {
        return failed(`no progress for ${minutes(nowMs - lastProgressMs)}`, nowMs, {
          hint: "A dialog that waits for a person looks like this: see the screenshot.",
          exitCode: exitCodes.timeout,
        });
      }
      if (nowMs - options.startedMs >= options.deadlineMinutes * 60_000) {
        return failed(`not installed after ${minutes(nowMs - options.startedMs)}`, nowMs, {
          exitCode: exitCodes.timeout,
        });
      }
      return { kind: "going-on" };
    },
    stage,
    standing: observation,
  };
}

function minutes(ms: number): string {
  return ms < 120_000 ? `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s` : `${(ms / 60_000).toFixed(0)} min`;
}
