import type { Duplex } from "node:stream";
import { type Beacon, parseBeacon } from "../contract/guest.ts";
import { createLineSplitter } from "./lines.ts";
import { appendTo } from "./log-file.ts";
import { printable } from "./printable.ts";
import type { Vitals } from "./vitals.ts";

/** What the guest says on COM1: the whole of it in a file, beacons as they come. */
export interface Serial {
  readonly beacons: readonly Beacon[];
  /** The last lines that are not empty, for messages. */
  lastLines(count: number): readonly string[];
  /** When the last byte came, on performance.now()'s clock; undefined before the first. */
  readonly lastByteAtMs: () => number | undefined;
}

export interface SerialOptions {
  readonly file: string;
  readonly vitals: Vitals;
  readonly onBeacon?: (beacon: Beacon) => void;
}

/** Reads the port until it closes. Always reads: a full socket would stop the guest at its next byte. */
export function readSerial(port: Duplex, options: SerialOptions): Serial {
  const keep = appendTo(options.file, options.vitals);
  // The file is there for a port that says nothing, too.
  keep("");
  const splitter = createLineSplitter(64 * 1024);
  const beacons: Beacon[] = [];
  const tail: string[] = [];
  let lastByteAtMs: number | undefined;
  port.on("data", (chunk: Buffer) => {
    lastByteAtMs = performance.now();
    keep(chunk);
    for (const line of splitter.push(chunk)) {
      const text = printable(line).trim();
      if (text !== "") tail.push(text);
      if (tail.length > 50) tail.shift();
      const beacon = parseBeacon(line);
      if (beacon === undefined) continue;
      beacons.push(beacon);
      options.onBeacon?.(beacon);
    }
  });
  return { beacons, lastLines: (count) => tail.slice(-count), lastByteAtMs: () => lastByteAtMs };
}

/** Such as `stage cygwin` or `failed in sshd with 1: no host key`. */
export function describeBeacon(beacon: Beacon): string {
  if (beacon.kind === "stage") return `stage ${beacon.stage}`;
  const code = beacon.code === undefined ? "" : ` with code ${beacon.code}`;
  return `failed in ${beacon.stage}${code}${beacon.reason === "" ? "" : `: ${beacon.reason}`}`;
}
