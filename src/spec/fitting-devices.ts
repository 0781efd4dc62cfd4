import {
  defaultMachineType,
  devicesOn,
  findMachineFamily,
  type MachineFamily,
} from "../catalogue/machine-types.ts";
import type { DiskBus, NicModel } from "../catalogue/release.ts";
import type { Subject } from "./rule-subject.ts";

/** What the release has drivers for and the machine type has slots for. */
export interface FittingDevices {
  /** Undefined where the machine type is not one of the architecture, which is a fault of its own. */
  readonly family: MachineFamily | undefined;
  readonly diskBuses: readonly DiskBus[];
  readonly nics: readonly NicModel[];
}

/** The devices among which a spec may choose. */
export function fittingDevices({ spec, platform }: Subject): FittingDevices {
  const firmware = spec.hardware.firmware ?? platform.firmwares[0];
  const machineType = spec.hardware.machineType ?? defaultMachineType(platform.architecture, firmware);
  const family = findMachineFamily(machineType);
  if (family?.architectures.includes(platform.architecture) !== true)
    return { family: undefined, diskBuses: platform.diskBuses, nics: platform.nics };
  return { family, ...devicesOn(platform, family) };
}
