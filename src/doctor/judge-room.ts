import type { Facts, ProjectFacts, Room } from "./facts.ts";
import { type Finding, finding } from "./finding.ts";

/** Below this the stages refuse to start; MiB. */
const leastMiB = 1024;

/** Whether memory and disks are large enough for the machine that the spec wants. */
export function judgeRoom({ host, project }: Pick<Facts, "host" | "project">): readonly Finding[] {
  return [
    ...(project === undefined || host.memory === null ? [] : [judgeMemory(host.memory, project)]),
    ...(host.storeRoom === null ? [] : [judgeStoreRoom(host.storeRoom, project)]),
    ...(host.buildRoom === null ? [] : [judgeBuildRoom(host.buildRoom)]),
  ];
}

function judgeMemory(
  { totalMiB, availableMiB }: { readonly totalMiB: number; readonly availableMiB: number },
  { memoryMiB, controllerMiB }: ProjectFacts,
): Finding {
  const needed = memoryMiB + controllerMiB;
  const what = `Windows and its controller have ${needed} MiB`;
  if (needed > totalMiB) {
    return finding(
      "memory",
      "problem",
      `${what}, and this machine has ${totalMiB}`,
      "Lower hardware.memoryMiB in the spec, or build on a larger machine.",
    );
  }
  if (needed > availableMiB) {
    return finding("memory", "warning", `${what}, and of ${totalMiB} only ${availableMiB} are free now`);
  }
  return finding("memory", "ok", `${what}, and ${availableMiB} are free`);
}

function judgeStoreRoom({ folder, freeMiB }: Room, project: ProjectFacts | undefined): Finding {
  const free = `${folder} has ${inGiB(freeMiB)} free`;
  const least = leastMiB + (project?.memoryMiB ?? 0);
  const most = least + (project?.diskGiB ?? 0) * 1024;
  const todo = "Make room: nix store gc, or nix-collect-garbage";
  if (freeMiB < least) {
    return finding(
      "store's room",
      "problem",
      `${free}; the least for a frozen machine is ${inGiB(least)}`,
      todo,
    );
  }
  if (freeMiB < most) {
    return finding(
      "store's room",
      "warning",
      `${free}; memory and a disk that is written full take ${inGiB(most)}`,
      todo,
    );
  }
  return finding("store's room", "ok", free);
}

function judgeBuildRoom({ folder, freeMiB }: Room): Finding {
  const free = `builds work in ${folder}, which has ${inGiB(freeMiB)} free`;
  if (freeMiB >= leastMiB) return finding("builds' room", "ok", free);
  return finding(
    "builds' room",
    "warning",
    `${free}; what a command writes and brings back lies there`,
    "Make room there, or set build-dir in nix.conf (TMPDIR of the daemon for an older Nix).",
  );
}

function inGiB(mebibytes: number): string {
  return `${(mebibytes / 1024).toFixed(1)} GiB`;
}
