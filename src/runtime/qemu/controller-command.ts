import { controllerPorts, tags } from "../../contract/filenames.ts";
import type { BootedController } from "../../contract/stage-config.ts";
import type { Command } from "../../process/command.ts";
import { optionValue as value } from "./arguments.ts";
import { groupOptions, memoryOptions } from "./memory.ts";

/** What the controller is started for; the devices are the same in all of them. */
export type ControllerRole =
  /** Boots its kernel. */
  | { readonly kind: "boot" }
  /** Boots with its RAM in a file that a freeze leaves behind. */
  | { readonly kind: "freeze"; readonly ram: string }
  /** Starts from that file, mapped privately and read-only. */
  | { readonly kind: "revive"; readonly ram: string };

export interface ControllerOptions {
  readonly qemu: string;
  readonly role: ControllerRole;
  readonly controller: BootedController;
  readonly accelerator: "kvm" | "tcg";
  /** ISO 8601 without zone: what the controller's clock starts at, so that xchg's times fit the guest's. */
  readonly rtcBase: string;
  readonly switchSocket: string;
  readonly xchg: string;
  /** Sockets that the runtime listens on before QEMU starts. */
  readonly qmp: string;
  readonly words: string;
  readonly ssh: string;
  /** File that receives the console. */
  readonly console: string;
}

/**
 * QEMU's command line for the controller VM: no disk, its files come over 9p; it speaks, and relays SSH, over virtio-serial. A controller
 * that is frozen, or was, has a CPU that other hosts have, too, and a sign of having been revived (vmgenid).
 */
export function buildControllerCommand(options: ControllerOptions): Command {
  const { controller, role } = options;
  const boots = role.kind === "boot";
  // biome-ignore format: an option and its value stay on one line
  const args = [
    "-nodefaults",
    "-no-user-config",
    "-display", "none",
    ...memoryOptions(controller, role),
    "-accel", options.accelerator,
    "-cpu", boots ? "max" : "Westmere-v1,enforce",
    // A second one makes a TCG guest slower (smbd ready after 7.8 s in place of 4.7 s).
    "-smp", "1",
    "-rtc", `base=${options.rtcBase},clock=vm`,
    // panic=-1 with -no-reboot: a kernel panic ends QEMU, and that is noticed at once.
    "-no-reboot",
    ...(role.kind === "revive" ? [] : kernel(controller)),
    "-netdev", `vde,id=net0,sock=${value(options.switchSocket)}`,
    "-device", `virtio-net-pci,netdev=net0,mac=${controller.mac},romfile=`,
    ...controller.exports.flatMap(({ tag, path }, index) => share(`ro${index}`, tag, path, ",readonly=on")),
    ...share("xchg", tags.xchg, options.xchg, ""),
    "-device", "virtio-rng-pci",
    ...(boots ? [] : ["-device", "vmgenid,guid=auto"]),
    "-device", "virtio-serial-pci",
    "-chardev", `socket,id=words,path=${value(options.words)},server=off`,
    "-device", `virtserialport,chardev=words,name=${controllerPorts.words}`,
    "-chardev", `socket,id=ssh,path=${value(options.ssh)},server=off`,
    "-device", `virtserialport,chardev=ssh,name=${controllerPorts.ssh}`,
    "-chardev", `file,id=tty,path=${value(options.console)}`,
    "-serial", "chardev:tty",
    "-chardev", `socket,id=qmp,path=${value(options.qmp)},server=off`,
    "-mon", "chardev=qmp,mode=control",
  ];
  return { file: options.qemu, args };
}

/** The parts of the command line that have to be equal at freeze and revive, one option a string; for the fingerprint. */
export function describeController(
  controller: BootedController,
  accelerator: "kvm" | "tcg",
): readonly string[] {
  const { args } = buildControllerCommand({
    qemu: "qemu",
    role: { kind: "freeze", ram: "RAM" },
    controller: { ...controller, kernel: "KERNEL", initrd: "INITRD" },
    accelerator,
    rtcBase: "CLOCK",
    switchSocket: "SWITCH",
    xchg: "XCHG",
    qmp: "QMP",
    words: "WORDS",
    ssh: "SSH",
    console: "CONSOLE",
  });
  return groupOptions(args);
}

function kernel({ kernel, initrd, append }: BootedController): string[] {
  // biome-ignore format: an option and its value stay on one line
  return [
    // An uncompressed vmlinux boots by PVH and saves 2.7 s of decompression under TCG.
    "-kernel", kernel,
    "-initrd", initrd,
    "-append", `console=ttyS0 quiet panic=-1${append === "" ? "" : ` ${append}`}`,
  ];
}

/** security_model=none: files that the guest makes belong to the build user. multidevs=remap: inode numbers stay distinct. */
function share(id: string, tag: string, path: string, access: string): string[] {
  // biome-ignore format: an option and its value stay on one line
  return [
    "-fsdev", `local,id=${id},path=${value(path)},security_model=none,multidevs=remap${access}`,
    "-device", `virtio-9p-pci,fsdev=${id},mount_tag=${tag}`,
  ];
}
