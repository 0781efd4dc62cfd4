import { constants } from "node:fs";
import { access, readFile, statfs } from "node:fs/promises";
import { exitCodes, ToolError } from "../errors.ts";
import type { Fingerprint } from "../contract/records.ts";

/** What a stage asks the machine it runs on; tests hand in their own. */
export interface Host {
  /** Bytes that an unprivileged process may still write to the file system of this folder. */
  freeBytes(folder: string): Promise<number>;
  nowEpochMs(): number;
  /** What has to be equal under KVM when a memory is revived. */
  cpu(): Promise<NonNullable<Fingerprint["host"]>>;
}

/** The real machine. */
export const realHost: Host = {
  async freeBytes(folder) {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  },
  nowEpochMs: () => Date.now(),
  async cpu() {
    const info = await readFile("/proc/cpuinfo", "utf8").catch(() => "");
    const vendor = /^vendor_id\s*:\s*(\S+)/m.exec(info)?.[1] ?? "unknown";
    // Only some kernels tell it; where none does, the vendor alone is compared.
    const khz = await readFile("/sys/devices/system/cpu/cpu0/tsc_freq_khz", "utf8").catch(() => "");
    return { cpuVendor: vendor, tscKHz: khz === "" ? null : Number(khz) };
  },
};

/** Throws a ToolError that names the first of these programs that is not there or cannot be run. */
export async function assertPrograms(programs: Readonly<Record<string, string | undefined>>): Promise<void> {
  for (const [name, file] of Object.entries(programs)) {
    if (file === undefined) continue;
    await access(file, constants.X_OK).catch((cause: unknown) => {
      throw new ToolError(`tools.${name}: program ${file} was not found or may not be run`, {
        hint: "npm run setup installs what casement needs on Debian; in a sandboxed build its folder has to be among the sandbox's paths.",
        cause,
      });
    });
  }
}

/** Throws a ToolError where the plan says KVM and this build cannot use it; never falls back to emulation. */
export async function assertAccelerator(accelerator: "kvm" | "tcg"): Promise<void> {
  if (accelerator === "tcg") return;
  await access("/dev/kvm", constants.R_OK | constants.W_OK).catch((cause: unknown) => {
    throw new ToolError("accelerator kvm: /dev/kvm cannot be opened for reading and writing by this build", {
      hint:
        "Nix drops supplementary groups, so the device has to be open to all: " +
        `a udev rule KERNEL=="kvm", MODE="0666" does it. 'casement doctor' tests it.`,
      cause,
    });
  });
}

/** Throws a ToolError where a file system has less room than the stage may need. */
export async function assertFreeSpace(
  host: Host,
  need: { readonly folder: string; readonly bytes: number; readonly forWhat: string },
): Promise<void> {
  const free = await host.freeBytes(need.folder);
  if (free >= need.bytes) return;
  throw new ToolError(
    `free space: ${need.folder} has ${mebibytes(free)} left, ${need.forWhat} needs up to ${mebibytes(need.bytes)}`,
    { hint: "Free space on that file system (nix store gc), and build again.", exitCode: exitCodes.space },
  );
}

function mebibytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20)} MiB`;
}
