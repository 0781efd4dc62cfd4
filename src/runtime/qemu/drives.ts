import type { Hardware } from "../../contract/machine.ts";
import { ToolError } from "../../errors.ts";
import { optionValue as value } from "./arguments.ts";
import { boardOf } from "./board.ts";

/** The id of the USB controller that a board without IDE and AHCI has its media on. */
export const usbController = "usb";

/** The disk that the system is installed on, with the controller it needs. */
export function diskOptions(hardware: Hardware, file: string): string[] {
  // biome-ignore format: an option and its value stay on one line
  return [
    ...diskController(hardware),
    // A build that is broken off is thrown away: nothing has to be safe on the host's disk before QEMU has ended.
    "-drive", `file=${value(file)},if=none,id=disk0,format=qcow2,cache=unsafe,discard=unmap`,
    "-device", `${diskDevice(hardware)}${bootIndex(hardware, 0)}`,
  ];
}

/** Install medium, bootstrap medium and floppy. */
export function mediaOptions(
  hardware: Hardware,
  media: { readonly iso: string; readonly bootstrapIso: string; readonly floppy: string | null },
): string[] {
  const cd = (index: 1 | 2, file: string, boot: string): string[] => [
    "-drive",
    `file=${value(file)},if=none,id=cd${index - 1},format=raw,readonly=on,media=cdrom`,
    "-device",
    `${cdDevice(hardware, index)}${boot}`,
  ];
  // biome-ignore format: an option and its value stay on one line
  return [
    ...cd(1, media.iso, bootIndex(hardware, 1)),
    ...cd(2, media.bootstrapIso, ""),
    ...(media.floppy === null || !hardware.floppy
      ? []
      : ["-drive", `file=${value(media.floppy)},if=floppy,format=raw,readonly=on`]),
    // BIOS: the CD once, after the first reset the disk. UEFI goes by bootindex: an empty disk falls through to the CD.
    ...(hardware.firmware === "bios" ? ["-boot", "order=c,once=d"] : []),
  ];
}

// The slots are fixed, so that no device moves when another one is left out.
function diskController(hardware: Hardware): string[] {
  const { bus } = hardware.disk;
  if (bus === "scsi") return ["-device", "virtio-scsi-pci,id=scsi0,addr=0x4"];
  return bus === "ahci" && boardOf(hardware) !== "q35" ? ["-device", "ich9-ahci,id=ahci0,addr=0x4"] : [];
}

function diskDevice(hardware: Hardware): string {
  const { bus } = hardware.disk;
  switch (bus) {
    case "ide":
    case "ahci":
      return `ide-hd,drive=disk0,${ataPort(hardware, 0)}`;
    case "virtio":
      return "virtio-blk-pci,drive=disk0,addr=0x4";
    case "scsi":
      return "scsi-hd,drive=disk0,bus=scsi0.0";
    case "nvme":
      throw new ToolError("hardware.disk.bus: QEMU cannot freeze a machine with an NVMe disk, got nvme", {
        hint: "Its device says non-migratable. Choose another hardware.diskBus in the spec.",
      });
    default:
      return bus satisfies never;
  }
}

function cdDevice(hardware: Hardware, index: 1 | 2): string {
  const drive = `drive=cd${index - 1}`;
  // usb-storage of a drive with media=cdrom is a CD drive, and so no disk that Setup would count.
  if (boardOf(hardware) === "virt")
    return `usb-storage,${drive},bus=${usbController}.0,port=${index + 2},removable=on`;
  return `ide-cd,${drive},${ataPort(hardware, index)}`;
}

/**
 * Where disk (0) and CDs (1 and 2) are. i440fx has IDE channels ide.0 and ide.1; q35 has an AHCI of its own, whose ports are
 * called ide.0 to ide.5. CDs of i440fx go with the disk where that is AHCI, and to IDE otherwise.
 */
function ataPort(hardware: Hardware, index: 0 | 1 | 2): string {
  if (boardOf(hardware) === "q35") return `bus=ide.${index},unit=0`;
  if (hardware.disk.bus === "ahci") return `bus=ahci0.${index},unit=0`;
  return index === 0 ? "bus=ide.0,unit=0" : `bus=ide.1,unit=${index - 1}`;
}

function bootIndex(hardware: Hardware, index: number): string {
  return hardware.firmware === "uefi" ? `,bootindex=${index}` : "";
}
