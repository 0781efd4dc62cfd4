import { chmod, copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../../src/process/run.ts";

const scriptsFolder = fileURLToPath(new URL("./tiny-machines/", import.meta.url));
const relay = fileURLToPath(new URL("../../templates/controller/relay.sh", import.meta.url));

/**
 * Two machines of a kernel and a busybox, each in an initramfs, that stand for guest and controller: real QEMU, real
 * network, real virtio-serial with the real relay behind it, and nothing in them that takes time to start.
 */
export interface TinyMachines {
  /** Calls QEMU, and gives the guest's disk-less kernel to every machine that is not a controller. */
  readonly qemu: string;
  readonly kernel: string;
  readonly controllerInitrd: string;
  /** File of the agent that knows what this guest says. */
  readonly agent: string;
}

/** One kernel in the two forms that firmware takes, and its modules. */
export interface TinyKernel {
  readonly vmlinux: string;
  readonly bzImage: string;
  readonly modules: string;
}

/** Where setup has put the kernel; undefined where setup has not been run. */
export async function findKernel(): Promise<TinyKernel | undefined> {
  const added = fileURLToPath(new URL("../../.tools/added/", import.meta.url));
  const path = async (key: string): Promise<string> =>
    (await readFile(join(added, key), "utf8").catch(() => "")).trim().split(" ")[3] ?? "";
  const [kernel, dev] = [await path("kernel"), await path("kernel-dev")];
  if (!existsSync(join(dev, "vmlinux")) || !existsSync(join(kernel, "lib/modules"))) return undefined;
  const [version = ""] = await readdir(join(kernel, "lib/modules"));
  const bzImage = join(kernel, "bzImage");
  return { vmlinux: join(dev, "vmlinux"), bzImage, modules: join(kernel, "lib/modules", version) };
}

/** Writes both initramfs and the wrapper for QEMU into a folder. */
export async function writeTinyMachines(
  folder: string,
  parts: {
    readonly kernel: TinyKernel;
    readonly qemu: string;
    /** The drivers of the guest's disk and NIC; those of IDE and e1000 without it. */
    readonly guestModules?: readonly string[];
    /** What the guest runs to zero its free memory, which then has had 200 MiB of random bytes; without it neither. */
    readonly guestZeroes?: string | undefined;
    /** OVMF takes what is an EFI program. */
    readonly firmware?: "bios" | "uefi";
  },
): Promise<TinyMachines> {
  const { kernel } = parts;
  const guestKernel = parts.firmware === "uefi" ? kernel.bzImage : kernel.vmlinux;
  const guestInitrd = join(folder, "guest.cpio");
  const controllerInitrd = join(folder, "controller.cpio");
  await writeInitrd(folder, {
    name: "guest",
    modules: parts.guestModules ?? ["e1000", "ata_piix", "sd_mod"],
    kernel,
    scripts:
      parts.guestZeroes === undefined ? {} : { "guest-zero.sh": `#!/bin/busybox sh\n${parts.guestZeroes}\n` },
    to: guestInitrd,
  });
  await writeInitrd(folder, {
    name: "controller",
    modules: ["virtio_pci", "virtio_net", "virtio_console"],
    kernel,
    scripts: { "relay.sh": await readFile(relay, "utf8") },
    to: controllerInitrd,
  });
  const qemu = join(folder, "qemu");
  await writeFile(
    qemu,
    `#!/bin/sh
# QEMU gives -kernel the first place among what UEFI starts.
for word; do shift; set -- "$@" "\${word%,bootindex=0}"; done
case "$*" in
*virtserialport*) exec '${parts.qemu}' "$@" ;;
*) exec '${parts.qemu}' "$@" -kernel '${guestKernel}' -initrd '${guestInitrd}' -append 'console=ttyS0 quiet panic=-1' ;;
esac
`,
  );
  await chmod(qemu, 0o755);
  return { qemu, kernel: kernel.vmlinux, controllerInitrd, agent: join(scriptsFolder, "agent.ts") };
}

/**
 * Writes the initramfs of a Linux on the guest's network: it has a page on 192.168.0.10, and says on its serial port what it hears from
 * the guest's port 22.
 */
export async function writeNeighbour(folder: string, kernel: TinyKernel): Promise<string> {
  const initrd = join(folder, "neighbour.cpio");
  await writeInitrd(folder, { name: "neighbour", modules: ["virtio_pci", "virtio_net"], kernel, to: initrd });
  return initrd;
}

interface InitrdParts {
  readonly name: "guest" | "controller" | "neighbour";
  readonly modules: readonly string[];
  readonly kernel: { readonly modules: string };
  /** Beside those of the folder, by their names. */
  readonly scripts?: Readonly<Record<string, string>>;
  readonly to: string;
}

async function writeInitrd(folder: string, parts: InitrdParts): Promise<void> {
  const root = join(folder, `${parts.name}-root`);
  for (const name of ["bin", "dev", "proc", "sys", "tmp", "modules"]) {
    await mkdir(join(root, name), { recursive: true });
  }
  await copyFile("/bin/busybox", join(root, "bin/busybox"));
  const loads: string[] = [];
  for (const module of await inLoadOrder(parts.kernel.modules, parts.modules)) {
    await copyFile(join(parts.kernel.modules, module), join(root, "modules", basename(module)));
    loads.push(`insmod /modules/${basename(module)}`);
  }
  for (const file of await readdir(scriptsFolder)) {
    if (!file.startsWith(parts.name)) continue;
    await copyFile(join(scriptsFolder, file), join(root, "bin", file));
    await chmod(join(root, "bin", file), 0o755);
  }
  for (const [name, text] of Object.entries(parts.scripts ?? {}))
    await writeFile(join(root, "bin", name), text, { mode: 0o755 });
  const init = [
    "#!/bin/busybox sh",
    "/bin/busybox --install -s /bin",
    "export PATH=/bin",
    "mount -t devtmpfs dev /dev; mount -t proc proc /proc; mount -t sysfs sys /sys",
    ...loads,
    `exec ${parts.name}.sh`,
  ];
  await writeFile(join(root, "init"), `${init.join("\n")}\n`, { mode: 0o755 });
  await run({ file: "sh", args: ["-c", `find . | cpio -o -H newc --quiet >'${parts.to}'`], cwd: root });
}

/** modules.dep has a line `path: dependency dependency …` for each module, the last dependency to be loaded first. */
async function inLoadOrder(modules: string, wanted: readonly string[]): Promise<string[]> {
  const byName = new Map<string, { path: string; needs: string[] }>();
  for (const line of (await readFile(join(modules, "modules.dep"), "utf8")).split("\n")) {
    const [path, needs = ""] = line.split(":");
    if (path === undefined || path === "") continue;
    byName.set(basename(path, ".ko"), {
      path,
      needs: needs
        .trim()
        .split(" ")
        .filter((need) => need !== ""),
    });
  }
  const order: string[] = [];
  for (const name of wanted) {
    const module = byName.get(name);
    // What is not there is built into the kernel.
    if (module === undefined) continue;
    for (const path of [...module.needs.toReversed(), module.path])
      if (!order.includes(path)) order.push(path);
  }
  return order;
}
