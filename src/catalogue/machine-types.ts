import type { Architecture, DiskBus, Firmware, NicModel, Platform } from "./release.ts";

/** A family of QEMU machine types: what boots on it and what it has slots for. */
export interface MachineFamily {
  readonly id: "pc-i440fx" | "pc-q35" | "virt";
  readonly architectures: readonly Architecture[];
  readonly firmwares: readonly Firmware[];
  readonly diskBuses: readonly DiskBus[];
  readonly nics: readonly NicModel[];
  /** What it lacks, in words that follow "has". */
  readonly lacks: Readonly<Partial<Record<DiskBus | NicModel, string>>>;
  readonly floppy: boolean;
}

/** The version that specs get which name none: versioned, because a snapshot revives on the machine type it was frozen on. */
const version = "10.0";

// QEMU marks it as unmigratable (hw/nvme/ctrl.c), so no machine that has one can be frozen.
const nvme = "no NVMe disks that QEMU could freeze";

const families: readonly MachineFamily[] = [
  {
    id: "pc-i440fx",
    architectures: ["x86", "amd64"],
    // OVMF as distributions build it is made for q35; on i440fx it is not tried here.
    firmwares: ["bios"],
    // AHCI is an ich9-ahci card there.
    diskBuses: ["ide", "ahci", "virtio", "scsi"],
    nics: ["rtl8139", "e1000", "virtio-net-pci"],
    lacks: { nvme, e1000e: "no PCI Express" },
    floppy: true,
  },
  {
    id: "pc-q35",
    architectures: ["x86", "amd64"],
    firmwares: ["bios", "uefi"],
    // AHCI in its chipset; `ide` there would silently be AHCI.
    diskBuses: ["ahci", "virtio", "scsi"],
    nics: ["rtl8139", "e1000", "e1000e", "virtio-net-pci"],
    lacks: { nvme, ide: "no IDE" },
    // q35 itself has none, but QEMU adds a controller for a drive that is given (pc_superio_init), under SeaBIOS and OVMF.
    floppy: true,
  },
  {
    id: "virt",
    architectures: ["arm64"],
    firmwares: ["uefi"],
    diskBuses: ["virtio", "scsi"],
    nics: ["rtl8139", "e1000", "e1000e", "virtio-net-pci"],
    lacks: { nvme, ide: "no IDE", ahci: "a UEFI that does not see AHCI disks" },
    floppy: false,
  },
];

/** The family of a machine type such as `pc-q35-10.0`; undefined for a name of none. */
export function findMachineFamily(machineType: string): MachineFamily | undefined {
  return families.find((family) => machineType.startsWith(`${family.id}-`));
}

/** What the platform has drivers for and the family has slots for; the first of each is the default. */
export function devicesOn(
  platform: Platform,
  family: MachineFamily,
): { readonly diskBuses: readonly DiskBus[]; readonly nics: readonly NicModel[] } {
  return {
    diskBuses: platform.diskBuses.filter((bus) => family.diskBuses.includes(bus)),
    nics: platform.nics.filter((nic) => family.nics.includes(nic)),
  };
}

/** The machine type for a firmware on an architecture where the spec names none. */
export function defaultMachineType(architecture: Architecture, firmware: Firmware): string {
  if (architecture === "arm64") return `virt-${version}`;
  return firmware === "uefi" ? `pc-q35-${version}` : `pc-i440fx-${version}`;
}
