import { quoteSh } from "../../../src/text/sh.ts";
import { material } from "./material.ts";

export type Size = "large" | "small";

/** One thing to do in three ways: through the share, piped through SSH, and over 9p in the controller alone. */
export interface Transfer {
  readonly does: "reads" | "writes";
  readonly size: Size;
  readonly drive: "S:" | "X:";
}

/** S: cannot be written to. */
export const transfers: readonly Transfer[] = (["large", "small"] as const).flatMap((size) => [
  { does: "reads", size, drive: "S:" },
  { does: "reads", size, drive: "X:" },
  { does: "writes", size, drive: "X:" },
]);

/** Such as "reads 400 MB from S:". */
export function describeTransfer({ does, size, drive }: Transfer): string {
  const what =
    size === "large"
      ? `${material.largeBytes / 1e6} MB`
      : `${material.folders * material.filesOfFolder} small files`;
  return `${does} ${what} ${does === "reads" ? "from" : "to"} ${drive}`;
}

/** Where things lie: in the guest, and in the controller under the names that it has for them. */
export interface Places {
  readonly drives: Readonly<Record<"S:" | "X:", { readonly guest: string; readonly controller: string }>>;
  /** Folder of the guest's memory that holds what was read, and what is written from. */
  readonly guestMemory: string;
  /** The same in the controller, which has no room for the large file. */
  readonly controllerMemory: string;
}

/** Where a transfer writes to, below X:. */
export const writtenFolder = "bench-written";
/** What is read from X:, below it. */
export const givenFolder = "bench-given";

/** Prints how many milliseconds a command took, by bash's own clock: no program is started for it. */
function timed(command: string): string {
  return [
    "from=$EPOCHREALTIME",
    command,
    "to=$EPOCHREALTIME",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: bash's
    'echo "took $(((${to/./} - ${from/./}) / 1000))"',
    "",
  ].join("\n");
}

/** The guest's script: the drive is one that was mapped for this session, so that nothing of it is in the guest's memory. */
export function guestScript(transfer: Transfer, places: Places): string {
  const drive = places.drives[transfer.drive].guest;
  const memory = places.guestMemory;
  const { name, copy } = copyOf(transfer.size);
  return transfer.does === "reads"
    ? `set -e\nrm -rf ${memory}/${name}\nmkdir -p ${memory}\n${timed(copy(drive, memory))}`
    : `set -e\n${timed(copy(memory, `${drive}/${writtenFolder}`))}`;
}

function copyOf(size: Size): { name: string; copy: (from: string, to: string) => string } {
  const name = material[size];
  return size === "large"
    ? { name, copy: (from, to) => `cat ${from}/${name} >${to}/${name}` }
    : { name, copy: (from, to) => `cp -r ${from}/${name} ${to}/` };
}

/** A script for the controller, whose own shell is busybox: with these programs, and nothing in memory of what it will read. */
export function inController(path: string, script: string): string {
  return [
    `PATH=${quoteSh(path)}`,
    "export PATH",
    `exec bash -c ${quoteSh(controllerPrelude + script)}`,
    "",
  ].join("\n");
}

// The programs are loaded again after that: they are read over 9p as well.
const controllerPrelude = `set -e
guest() { ssh -F /dev/null -S /tmp/bench/connection guest "$@"; }
sync
echo 3 >/proc/sys/vm/drop_caches
guest true
for program in tar cat cp; do $program --version >/dev/null; done
`;

/** The same piped through SSH, with the controller's end in the folder that the share shows. */
export function sshScript(transfer: Transfer, places: Places): string {
  const shared = places.drives[transfer.drive].controller;
  const memory = places.guestMemory;
  const name = material[transfer.size];
  const written = `${shared}/${writtenFolder}`;
  if (transfer.does === "reads") {
    const pipe =
      transfer.size === "large"
        ? `cat ${shared}/${name} | guest 'cat >${memory}/${name}'`
        : `tar cf - -C ${shared} ${name} | guest 'tar xf - -C ${memory}'`;
    return `guest 'mkdir -p ${memory}; rm -rf ${memory}/${name}'\n${timed(pipe)}`;
  }
  return timed(
    transfer.size === "large"
      ? `guest 'cat ${memory}/${name}' >${written}/${name}`
      : `guest 'tar cf - -C ${memory} ${name}' | tar xf - -C ${written}`,
  );
}

/** Over 9p alone, with nobody behind it: what smbd could do at best. */
export function ninepScript(transfer: Transfer, places: Places): string {
  const shared = places.drives[transfer.drive].controller;
  const memory = places.controllerMemory;
  const name = material[transfer.size];
  const written = `${shared}/${writtenFolder}`;
  if (transfer.does === "reads") {
    return transfer.size === "large"
      ? timed(`cat ${shared}/${name} >/dev/null`)
      : `rm -rf ${memory}/${name}\nmkdir -p ${memory}\n${timed(`cp -r ${shared}/${name} ${memory}/`)}`;
  }
  if (transfer.size === "small") return timed(`cp -r ${memory}/${name} ${written}/`);
  // A part of it again and again: all of it has no room here.
  const part = `${memory}/part`;
  const source = `${places.drives["S:"].controller}/${name}`;
  return (
    `mkdir -p ${memory}\nhead -c ${ninepPart.bytes} ${source} >${part}\n` +
    timed(`for ((i = 0; i < ${ninepPart.times}; i++)); do cat ${part}; done >${written}/${name}`)
  );
}

/** What the large file is written of over 9p. */
export const ninepPart = { bytes: 16_000_000, times: material.largeBytes / 16_000_000 } as const;

/** Milliseconds that a script says its transfer took. */
export function readTook(said: string): number {
  const ms = /^took ([\d.]+)$/m.exec(said)?.[1];
  if (ms === undefined) throw new Error(`a script of the bench does not say how long it took: ${said}`);
  return Number(ms);
}
