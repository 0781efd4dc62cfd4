import type { Platform, Release } from "../catalogue/release.ts";
import type { Spec } from "../spec/schema.ts";
import { macAddress } from "./names.ts";
import type { PlannedHardware } from "./plan.ts";

/** The virtual machine, with the defaults that depend on release, firmware and machine type. */
export function planHardware(spec: Spec, release: Release, platform: Platform): PlannedHardware {
  const { hardware } = spec;
  const firmware = hardware.firmware ?? platform.firmwares[0];
  // Versioned: a snapshot revives on the machine type it was frozen on, whatever QEMU calls newest.
  const machineType =
    hardware.machineType ??
    (platform.architecture === "arm64"
      ? "virt-10.0"
      : firmware === "uefi"
        ? "pc-q35-10.0"
        : "pc-i440fx-10.0");
  const pciExpress = machineType.startsWith("pc-q35");
  return {
    accelerator: hardware.accelerator,
    machineType,
    cpu: {
      model: hardware.cpu.model ?? platform.cpuModel,
      flags: hardware.cpu.flags ?? (hardware.accelerator === "kvm" ? release.enlightenments : []),
    },
    vcpus: hardware.vcpus ?? platform.vcpus.default,
    memoryMiB: hardware.memoryMiB ?? platform.memory.defaultMiB,
    firmware,
    disk: {
      bus: hardware.diskBus ?? (pciExpress ? "ahci" : "ide"),
      sizeGiB: hardware.diskGiB ?? platform.disk.defaultGiB,
    },
    nic: {
      model: hardware.nic ?? (pciExpress ? "e1000e" : "e1000"),
      mac: macAddress(spec.name, "windows"),
    },
    // QEMU shows a floppy on pc and q35, under SeaBIOS and OVMF; virt has none. The bootstrap ISO holds the same file.
    floppy: !machineType.startsWith("virt-"),
    rtcBase: hardware.rtcBase,
    vmGenerationId: release.vmGenerationId,
  };
}
