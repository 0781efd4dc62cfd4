import type { Workload } from "./machines.ts";

/** A folder that is memory, in the stand-in and in any other Linux; it outlives the session that writes to it. */
const folder = "/dev/shm";

const linuxMount = "/stand-in/bin/busybox";

const blockMB = 4;

/** Fills the guest's memory half with random bytes and half with text, so that gzip has something to do and to gain. */
export const memoryWorkload: Workload = {
  async fill(lab, dirtyMB) {
    await lab.execute(renderFill(dirtyMB, crypto.randomUUID()));
  },
  read: (lab) => lab.execute(renderRead()),
};

/**
 * The script that fills; MB are 10^6 bytes. A block of each kind is made once and repeated, because an emulated guest makes
 * few random bytes a second; gzip looks back over 32 KiB only and sees nothing of the repetition.
 */
export function renderFill(dirtyMB: number, token: string): string {
  const times = Math.round(dirtyMB / (2 * blockMB));
  return [
    `grep -q ' ${folder} tmpfs ' /proc/mounts || { echo '${folder} is no tmpfs' >&2; exit 1; }`,
    // Linux gives it half of the memory. The stand-in's own mount plays Cygwin's.
    `! [ -x ${linuxMount} ] || ${linuxMount} mount -o remount,size=95% ${folder}`,
    `cd ${folder}`,
    `head -c ${blockMB * 1_000_000} /dev/urandom >bench-block-random`,
    // head ends before seq does, which is no fault.
    `{ seq 100000000 || true; } 2>/dev/null | head -c ${blockMB * 1_000_000} >bench-block-text`,
    "for kind in random text; do",
    `  for ((i = 0; i < ${times}; i++)); do cat bench-block-$kind; done >bench-$kind`,
    "  rm bench-block-$kind",
    "done",
    `echo ${token} >bench-token`,
    "",
  ].join("\n");
}

/** The script that dirties so much more and frees it again; half random bytes, half text, as renderFill's. */
export function renderDirtyAndFree(dirtyMB: number): string {
  return [
    `cd ${folder}`,
    `head -c ${blockMB * 1_000_000} /dev/urandom >freed-block-random`,
    `{ seq 100000000 || true; } 2>/dev/null | head -c ${blockMB * 1_000_000} >freed-block-text`,
    `for ((i = 0; i < ${Math.round(dirtyMB / (2 * blockMB))}; i++)); do cat freed-block-*; done >freed-blocks`,
    "rm freed-*",
    "",
  ].join("\n");
}

/** The script that prints what has to be equal afterwards: the token, and sums of both ends of what was written. */
export function renderRead(): string {
  const sum = (command: string): string => `${command} | sha256sum`;
  return [
    `cat ${folder}/bench-token`,
    `stat -c '%s %Y' ${folder}/bench-random ${folder}/bench-text`,
    sum(`head -c 4000000 ${folder}/bench-random`),
    sum(`tail -c 4000000 ${folder}/bench-random`),
    sum(`tail -c 4000000 ${folder}/bench-text`),
    "",
  ].join("\n");
}
