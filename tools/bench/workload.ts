import type { Workload } from "./machines.ts";

/** A folder that is memory, in the stand-in and in any other Linux; it outlives the session that writes to it. */
const folder = "/dev/shm";

/** Fills the guest's memory half with random bytes and half with text, so that gzip has something to do and to gain. */
export const memoryWorkload: Workload = {
  async fill(lab, dirtyMB) {
    await lab.execute(renderFill(dirtyMB, crypto.randomUUID()));
  },
  read: (lab) => lab.execute(renderRead()),
};

/** The script that fills; MB are 10^6 bytes. */
export function renderFill(dirtyMB: number, token: string): string {
  const half = dirtyMB * 500_000;
  return [
    `grep -q ' ${folder} tmpfs ' /proc/mounts || { echo '${folder} is no tmpfs' >&2; exit 1; }`,
    `head -c ${half} /dev/urandom >${folder}/bench-random`,
    // head ends before seq does, which is no fault.
    `{ seq 1000000000 || true; } 2>/dev/null | head -c ${half} >${folder}/bench-text`,
    `echo ${token} >${folder}/bench-token`,
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
