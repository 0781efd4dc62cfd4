import type { Release } from "../catalogue/release.ts";
import type { Spec } from "../spec/schema.ts";
import { macAddress } from "./names.ts";
import type { PlannedHardware } from "./plan.ts";

/** The virtual machine, with the defaults that depend on release, firmware and machine type. */
export function planHardware(spec: Spec, release: Release): PlannedHardware {
  const { hardware } = spec;
  const firmware = hardware.firmware ?? release.firmwares[0];
  // Versioned: a snapshot revives on the machine type it was frozen on, whatever QEMU calls newest.
  const machineType = hardware.machineType ?? (firmware === "uefi" ? "pc-q35-10.0" : "pc-i440fx-10.0");
  const pciExpress = machineType.startsWith("pc-q35");
  return {
    accelerator: hardware.accelerator,
    machineType,
    cpu: {
      model: hardware.cpu.model ?? release.cpuModel,
      flags: hardware.cpu.flags ?? (hardware.accelerator === "kvm" ? enlightenments : []),
    },
    vcpus: hardware.vcpus ?? release.vcpus.default,
    memoryMiB: hardware.memoryMiB ?? release.memory.defaultMiB,
    firmware,
    disk: {
      bus: hardware.diskBus ?? (pciExpress ? "ahci" : "ide"),
      sizeGiB: hardware.diskGiB ?? release.disk.defaultGiB,
    },
    nic: {
      model: hardware.nic ?? (pciExpress ? "e1000e" : "e1000"),
      mac: macAddress(spec.name, "windows"),
    },
    // QEMU shows a floppy on pc and q35, under SeaBIOS and OVMF; the bootstrap ISO holds the same answer file.
    floppy: true,
    rtcBase: hardware.rtcBase,
    vmGenerationId: release.vmGenerationId,
  };
}

// Off by default in QEMU (hyperv.rst), and Windows is slow without them. Never hv-passthrough: it depends on the host,
// and a snapshot must not. Under TCG they do not exist.
const enlightenments = [
  "hv-relaxed",
  "hv-vapic",
  "hv-spinlocks=0x1fff",
  "hv-vpindex",
  "hv-synic",
  "hv-time",
  "hv-stimer",
  "hv-crash",
];
