import type { Hardware } from "../../contract/machine.ts";
import { ToolError } from "../../errors.ts";
import type { Command } from "../../process/command.ts";
import { optionValue as value } from "./arguments.ts";
import { boardOf } from "./board.ts";
import { diskOptions, mediaOptions, usbController } from "./drives.ts";
import { groupOptions, memoryOptions } from "./memory.ts";

/** What the Windows VM is started for; the devices are the same in all of them, but for media. */
export type GuestRole =
  /** First boot from the install medium, then from the disk. */
  | {
      readonly kind: "install";
      readonly iso: string;
      readonly bootstrapIso: string;
      readonly floppy: string | null;
    }
  /** Boots from the disk. */
  | { readonly kind: "boot" }
  /** Boots from the disk with its RAM in a file that a freeze leaves behind. */
  | { readonly kind: "freeze"; readonly ram: string }
  /** Starts from that file, mapped privately and read-only. */
  | { readonly kind: "revive"; readonly ram: string };

/** Where a person sees the guest's screen: by VNC on a unix socket, or in a window. Not part of the machine. */
export type Display = { readonly kind: "vnc"; readonly socket: string } | { readonly kind: "sdl" | "gtk" };

export interface GuestOptions {
  readonly qemu: string;
  readonly hardware: Hardware;
  readonly role: GuestRole;
  readonly disk: string;
  readonly uefi: { readonly code: string; readonly vars: string } | null;
  /** None where nobody looks. */
  readonly display?: Display | undefined;
  /** Options for monitors of somebody else, beside the runtime's own. Not part of the machine either. */
  readonly monitors?: readonly string[] | undefined;
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
    ...display(options.display),
    ...memoryOptions(hardware, role),
    "-accel", hardware.accelerator,
    "-cpu", cpu(hardware),
    "-smp", `${hardware.vcpus}`,
    // Time stands still with the guest: a revived guest goes on at the second of its freeze.
    "-rtc", `base=${hardware.rtcBase},clock=vm`,
    ...screen(hardware),
    // QEMU stays after a shutdown or a blue screen until it was looked at; `quit` ends it.
    "-action", "panic=pause,shutdown=pause",
    ...firmware(options),
    ...diskOptions(hardware, options.disk),
    ...(role.kind === "install" ? mediaOptions(hardware, role) : []),
    ...network(hardware, options.switchSocket),
    ...(hardware.vmGenerationId ? ["-device", "vmgenid,guid=auto"] : []),
    "-chardev", `socket,id=com1,path=${value(options.serial)},server=off`,
    "-serial", "chardev:com1",
    "-chardev", `socket,id=qmp,path=${value(options.qmp)},server=off`,
    "-mon", "chardev=qmp,mode=control",
    ...(options.monitors ?? []),
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
  return groupOptions(args);
}

function cpu(hardware: Hardware): string {
  // Without enforce QEMU leaves out what it cannot do, with a warning, and Windows crashes later. Arm's CPUs know no enforce.
  const enforce = boardOf(hardware) === "virt" ? [] : ["enforce"];
  return [hardware.cpu.model, ...hardware.cpu.flags, ...enforce].join(",");
}

function display(wanted: Display | undefined): string[] {
  if (wanted === undefined) return ["-display", "none"];
  return wanted.kind === "vnc"
    ? ["-display", "none", "-vnc", `unix:${value(wanted.socket)}`]
    : ["-display", wanted.kind];
}

/** Windows Setup needs a display, and screendump a screen. */
function screen(hardware: Hardware): string[] {
  if (boardOf(hardware) !== "virt") return ["-vga", "std"];
  // A virt has neither VGA nor keyboard: a frame buffer in its RAM, and USB for keyboard, pointer and media.
  // biome-ignore format: an option and its value stay on one line
  return [
    "-device", "ramfb",
    "-device", `qemu-xhci,id=${usbController},addr=0x5`,
    "-device", `usb-kbd,bus=${usbController}.0,port=1`,
    "-device", `usb-tablet,bus=${usbController}.0,port=2`,
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
