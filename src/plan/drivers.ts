import type { Platform, Release } from "../catalogue/release.ts";
import type { Spec } from "../spec/schema.ts";

/** The folders of virtio-win that the release needs, such as `NetKVM/w11/amd64`; none unless the spec asks for them. */
export function planDrivers(spec: Spec, release: Release, platform: Platform): string[] {
  const folder = release.virtioWinFolder;
  if (!spec.windows.drivers.virtioWin || folder === null) return [];
  // virtio-win writes this one in capitals.
  const architecture = platform.architecture === "arm64" ? "ARM64" : platform.architecture;
  return drivers.map((driver) => `${driver}/${folder}/${architecture}`);
}

// Disk, network, memory balloon, random numbers and serial ports.
const drivers = ["Balloon", "NetKVM", "vioscsi", "vioserial", "viostor", "viorng"] as const;
