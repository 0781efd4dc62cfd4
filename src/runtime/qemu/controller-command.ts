import { agentPortName, tags } from "../../contract/filenames.ts";
import type { ControllerConfig } from "../../contract/stage-config.ts";
import type { Command } from "../../process/command.ts";
import { optionValue as value } from "./arguments.ts";

export interface ControllerOptions {
  readonly qemu: string;
  readonly controller: ControllerConfig;
  readonly accelerator: "kvm" | "tcg";
  /** ISO 8601 without zone: what the controller's clock starts at, so that xchg's times fit the guest's. */
  readonly rtcBase: string;
  readonly switchSocket: string;
  readonly xchg: string;
  /** Sockets that the runtime listens on before QEMU starts. */
  readonly qmp: string;
  readonly agent: string;
  /** File that receives the console. */
  readonly console: string;
}

/** QEMU's command line for the controller VM: no disk, its files come over 9p, its agent speaks over virtio-serial. */
export function buildControllerCommand(options: ControllerOptions): Command {
  const { controller } = options;
  // biome-ignore format: an option and its value stay on one line
  const args = [
    "-nodefaults",
    "-no-user-config",
    "-display", "none",
    "-machine", controller.machineType,
    "-accel", options.accelerator,
    // Never frozen, so it may have everything the accelerator has.
    "-cpu", "max",
    // A second one makes a TCG guest slower (smbd ready after 7.8 s in place of 4.7 s).
    "-smp", "1",
    "-m", `${controller.memoryMiB}M`,
    "-rtc", `base=${options.rtcBase},clock=vm`,
    // panic=-1 with -no-reboot: a kernel panic ends QEMU, and that is noticed at once.
    "-no-reboot",
    // An uncompressed vmlinux boots by PVH and saves 2.7 s of decompression under TCG.
    "-kernel", controller.kernel,
    "-initrd", controller.initrd,
    "-append", `console=ttyS0 quiet panic=-1${controller.append === "" ? "" : ` ${controller.append}`}`,
    "-netdev", `vde,id=net0,sock=${value(options.switchSocket)}`,
    "-device", `virtio-net-pci,netdev=net0,mac=${controller.mac},romfile=`,
    ...controller.exports.flatMap(({ tag, path }, index) => share(`ro${index}`, tag, path, ",readonly=on")),
    ...share("xchg", tags.xchg, options.xchg, ""),
    "-device", "virtio-rng-pci",
    "-device", "virtio-serial-pci",
    "-chardev", `socket,id=agent,path=${value(options.agent)},server=off`,
    "-device", `virtserialport,chardev=agent,name=${agentPortName}`,
    "-chardev", `file,id=tty,path=${value(options.console)}`,
    "-serial", "chardev:tty",
    "-chardev", `socket,id=qmp,path=${value(options.qmp)},server=off`,
    "-mon", "chardev=qmp,mode=control",
  ];
  return { file: options.qemu, args };
}

/** security_model=none: files that the guest makes belong to the build user. multidevs=remap: inode numbers stay distinct. */
function share(id: string, tag: string, path: string, access: string): string[] {
  // biome-ignore format: an option and its value stay on one line
  return [
    "-fsdev", `local,id=${id},path=${value(path)},security_model=none,multidevs=remap${access}`,
    "-device", `virtio-9p-pci,fsdev=${id},mount_tag=${tag}`,
  ];
}
