import type { Hardware } from "../../contract/machine.ts";
import { ToolError } from "../../errors.ts";
import type { Command } from "../../process/command.ts";
import { optionValue as value } from "./arguments.ts";

/** What the Windows VM is started for; the devices are the same in all of them, but for media. */
export type GuestRole =
  /** First boot from the install medium, then from the disk. */
  | {
      readonly kind: "install";
      readonly iso: string;
      readonly bootstrapIso: string;
      readonly floppy: string | null;
    }
  /** Boots from the disk with its RAM in a file that a freeze leaves behind. */
  | { readonly kind: "freeze"; readonly ram: string }
  /** Starts from that file, mapped privately and read-only. */
  | { readonly kind: "revive"; readonly ram: string };

export interface GuestOptions {
  readonly qemu: string;
  readonly hardware: Hardware;
  readonly role: GuestRole;
  readonly disk: string;
  readonly uefi: { readonly code: string; readonly vars: string } | null;
  /** Sockets that the runtime listens on before QEMU starts. */
  readonly qmp: string;
  readonly serial: string;
  /** Folder of vde_switch; null gives a NIC with no peer, for the installation, which needs no network. */
  readonly switchSocket: string | null;
}

/** QEMU's command line for the Windows VM. Pure: says nothing about whether the files exist. */
export function buildGuestCommand(options: GuestOptions): Command {
  const { hardware, role } = options;
  // biome-ignore format: an option and its value stay on one line
  const args = [
    "-nodefaults",
    "-no-user-config",
    "-display", "none",
    "-machine", `${hardware.machineType}${role.kind === "install" ? "" : ",memory-backend=ram0"}`,
    "-accel", hardware.accelerator,
    "-cpu", cpu(hardware),
    "-smp", `${hardware.vcpus}`,
    ...memory(hardware, role),
    // Time stands still with the guest: a revived guest goes on at the second of its freeze.
    "-rtc", `base=${hardware.rtcBase},clock=vm`,
    // Windows Setup needs a display, and screendump a screen.
    "-vga", "std",
    // QEMU stays after a shutdown or a blue screen until it was looked at; `quit` ends it.
    "-action", "panic=pause,shutdown=pause",
    ...firmware(options),
    ...disk(hardware, options.disk),
    ...media(hardware, role),
    ...network(hardware, options.switchSocket),
    ...(hardware.vmGenerationId ? ["-device", "vmgenid,guid=auto"] : []),
    "-chardev", `socket,id=com1,path=${value(options.serial)},server=off`,
    "-serial", "chardev:com1",
    "-chardev", `socket,id=qmp,path=${value(options.qmp)},server=off`,
    "-mon", "chardev=qmp,mode=control",
    ...(role.kind === "revive" ? ["-incoming", "defer"] : []),
  ];
  return { file: options.qemu, args };
}

/** The parts of the command line that have to be equal at freeze and revive, one option a string; for the fingerprint. */
export function describeDevices(hardware: Hardware): readonly string[] {
  const { args } = buildGuestCommand({
    qemu: "qemu",
    hardware,
    role: { kind: "freeze", ram: "RAM" },
    disk: "DISK",
    uefi: hardware.firmware === "uefi" ? { code: "CODE", vars: "VARS" } : null,
    qmp: "QMP",
    serial: "COM1",
    switchSocket: "SWITCH",
  });
  const devices: string[] = [];
  for (const word of args) {
    const last = devices.length - 1;
    if (word.startsWith("-")) devices.push(word);
    else devices[last] = `${devices[last] ?? ""} ${word}`;
  }
  return devices;
}

function cpu(hardware: Hardware): string {
  // Without enforce QEMU leaves out what it cannot do, with a warning, and Windows crashes later.
  return [hardware.cpu.model, ...hardware.cpu.flags, "enforce"].join(",");
}

function memory(hardware: Hardware, role: GuestRole): string[] {
  const size = `${hardware.memoryMiB}M`;
  if (role.kind === "install") return ["-m", size];
  const sharing =
    role.kind === "freeze"
      ? "share=on"
      : // rom=off: without it QEMU runs, says "running", and the RAM cannot be written: a silent hang.
        "share=off,readonly=on,rom=off";
  // The state names the RAM block after this id: it has to be the same at freeze and revive.
  return [
    "-m",
    size,
    "-object",
    `memory-backend-file,id=ram0,size=${size},${sharing},mem-path=${value(role.ram)}`,
  ];
}

function firmware(options: GuestOptions): string[] {
  if (options.hardware.firmware === "bios") return [];
  if (options.uefi === null) throw new ToolError("firmware: UEFI needs OVMF's code and variables, got none");
  // biome-ignore format: an option and its value stay on one line
  return [
    "-drive", `if=pflash,unit=0,format=raw,readonly=on,file=${value(options.uefi.code)}`,
    "-drive", `if=pflash,unit=1,format=raw,file=${value(options.uefi.vars)}`,
  ];
}

function isAhci(hardware: Hardware): boolean {
  return hardware.disk.bus === "ahci" || hardware.machineType.startsWith("pc-q35-");
}

/** i440fx has IDE channels ide.0 and ide.1; q35 has an AHCI of its own, whose ports are called ide.0 to ide.5. */
function driveBus(hardware: Hardware, index: 0 | 1 | 2): string {
  if (hardware.machineType.startsWith("pc-q35-")) return `bus=ide.${index},unit=0`;
  if (hardware.disk.bus === "ahci") return `bus=ahci0.${index},unit=0`;
  return index === 0 ? "bus=ide.0,unit=0" : `bus=ide.1,unit=${index - 1}`;
}

function bootIndex(hardware: Hardware, index: number): string {
  return hardware.firmware === "uefi" ? `,bootindex=${index}` : "";
}

function disk(hardware: Hardware, file: string): string[] {
  const needsController = isAhci(hardware) && !hardware.machineType.startsWith("pc-q35-");
  // biome-ignore format: an option and its value stay on one line
  return [
    // The slots are fixed, so that no device moves when another one is left out.
    ...(needsController ? ["-device", "ich9-ahci,id=ahci0,addr=0x4"] : []),
    // A build that is broken off is thrown away: nothing has to be safe on the host's disk before QEMU has ended.
    "-drive", `file=${value(file)},if=none,id=disk0,format=qcow2,cache=unsafe,discard=unmap`,
    "-device", `ide-hd,drive=disk0,${driveBus(hardware, 0)}${bootIndex(hardware, 0)}`,
  ];
}

function media(hardware: Hardware, role: GuestRole): string[] {
  if (role.kind !== "install") return [];
  const cd = (id: string, file: string, index: 1 | 2, boot: string): string[] => [
    "-drive",
    `file=${value(file)},if=none,id=${id},format=raw,readonly=on,media=cdrom`,
    "-device",
    `ide-cd,drive=${id},${driveBus(hardware, index)}${boot}`,
  ];
  // biome-ignore format: an option and its value stay on one line
  return [
    ...cd("cd0", role.iso, 1, bootIndex(hardware, 1)),
    ...cd("cd1", role.bootstrapIso, 2, ""),
    ...(role.floppy === null || !hardware.floppy
      ? []
      : ["-drive", `file=${value(role.floppy)},if=floppy,format=raw,readonly=on`]),
    // BIOS: the CD once, after the first reset the disk. UEFI goes by bootindex: an empty disk falls through to the CD.
    ...(hardware.firmware === "bios" ? ["-boot", "order=c,once=d"] : []),
  ];
}

function network(hardware: Hardware, switchSocket: string | null): string[] {
  const backend =
    switchSocket === null ? "hubport,id=net0,hubid=0" : `vde,id=net0,sock=${value(switchSocket)}`;
  // biome-ignore format: an option and its value stay on one line
  return [
    "-netdev", backend,
    // An empty romfile leaves out network boot, which costs seconds when a disk does not start.
    "-device", `${hardware.nic.model},netdev=net0,mac=${hardware.nic.mac},addr=0x3,romfile=`,
  ];
}
