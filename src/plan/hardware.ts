import { defaultMachineType, devicesOn, findMachineFamily } from "../catalogue/machine-types.ts";
import type { Platform } from "../catalogue/release.ts";
import { InternalError } from "../errors.ts";
import type { Spec } from "../spec/schema.ts";
import { macAddress } from "./names.ts";
import type { PlannedHardware } from "./plan.ts";

/** The virtual machine, with the defaults that depend on release, firmware and machine type. */
export function planHardware(spec: Spec, platform: Platform): PlannedHardware {
  const { hardware } = spec;
  const firmware = hardware.firmware ?? platform.firmwares[0];
  const machineType = hardware.machineType ?? defaultMachineType(platform.architecture, firmware);
  const family = findMachineFamily(machineType);
  if (family === undefined) throw new InternalError(`a valid spec named the machine type ${machineType}`);
  const devices = devicesOn(platform, family);
  return {
    accelerator: hardware.accelerator,
    machineType,
    cpu: {
      model: hardware.cpu.model ?? platform.cpuModels[hardware.accelerator],
      flags: hardware.cpu.flags ?? (hardware.accelerator === "kvm" ? platform.enlightenments : []),
    },
    vcpus: hardware.vcpus ?? platform.vcpus.default,
    memoryMiB: hardware.memoryMiB ?? platform.memory.defaultMiB,
    firmware,
    disk: {
      bus: hardware.diskBus ?? firstOf(devices.diskBuses, machineType),
      sizeGiB: hardware.diskGiB ?? platform.disk.defaultGiB,
    },
    nic: {
      model: hardware.nic ?? firstOf(devices.nics, machineType),
      mac: macAddress(spec.name, "windows"),
    },
    // Where there is none, the bootstrap ISO holds the same file.
    floppy: family.floppy,
    rtcBase: hardware.rtcBase,
    vmGenerationId: platform.vmGenerationId,
  };
}

function firstOf<Device>([device]: readonly Device[], machineType: string): Device {
  if (device === undefined)
    throw new InternalError(`a valid spec named ${machineType}, for which the release has no drivers`);
  return device;
}
