import { fittingDevices } from "./fitting-devices.ts";
import type { Fault } from "./issues.ts";
import type { Subject } from "./rule-subject.ts";

/** Rules about `windows.drivers`, and about hardware that needs them. */
export const driverRules: readonly ((subject: Subject) => Fault[])[] = [driversCanBeGiven, virtioHasDrivers];

function driversCanBeGiven({ spec, release }: Subject): Fault[] {
  if (release.virtioWinFolder !== null) return [];
  const { virtioWin, folders } = spec.windows.drivers;
  const fault = (field: string, got: string): Fault => ({
    path: ["windows", "drivers", field],
    message: `the Setup of ${release.title} takes drivers from a floppy with TXTSETUP.OEM only, got ${got}`,
    hint: "Remove it: the default hardware needs none.",
  });
  return [
    ...(virtioWin ? [fault("virtioWin", "true")] : []),
    ...(folders.length > 0 ? [fault("folders", folders.join(", "))] : []),
  ];
}

// No medium of Windows has them. A folder of the spec's own may hold them, too.
function virtioHasDrivers(subject: Subject): Fault[] {
  const { spec, release, platform } = subject;
  const { virtioWin, folders } = spec.windows.drivers;
  if (virtioWin || folders.length > 0) return [];
  const { diskBus, nic } = spec.hardware;
  const fitting = fittingDevices(subject);
  const faults: Fault[] = [];
  if (diskBus !== undefined && !isInBox(diskBus) && fitting.diskBuses.includes(diskBus))
    faults.push(needsDrivers("diskBus", diskBus, fitting.diskBuses));
  if (nic !== undefined && !isInBox(nic) && fitting.nics.includes(nic))
    faults.push(needsDrivers("nic", nic, fitting.nics));
  if (nic === undefined && !platform.nics.some(isInBox))
    faults.push({
      path: ["windows", "drivers", "virtioWin"],
      message: `has to be true for ${release.title} on ${platform.architecture}, whose medium has no driver for any adapter of QEMU's, got false`,
    });
  return faults;
}

function needsDrivers(field: string, got: string, fitting: readonly string[]): Fault {
  const others = fitting.filter(isInBox);
  return {
    path: ["hardware", field],
    message: `needs drivers that no medium of Windows has, got ${got}`,
    hint: `Set windows.drivers.virtioWin to true${others.length === 0 ? "" : `, or use ${others.join(" or ")}`}.`,
  };
}

function isInBox(device: string): boolean {
  return !["virtio", "scsi", "virtio-net-pci"].includes(device);
}
