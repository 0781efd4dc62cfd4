import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { runCaptured } from "../../process/attached.ts";
import { globalVariable, renderBootEntry, renderBootOrder } from "./boot-entry.ts";
import type { PreparedDisk } from "./disk.ts";

/** What the firmware's menu calls the installed system. */
const bootDescription = "casement stand-in";

/** What the stand-in's kernel does without. Under emulation all that runs is translated first, in each run anew. */
const unused =
  "mitigations=off psi=0 lsm= audit=0 nowatchdog init_on_alloc=0 hardened_usercopy=off cgroup_disable=memory ipv6.disable=1";

/** Its number among the firmware's entries, far from those that OVMF counts up from 0. */
const bootNumber = 0x0100;

const tool = (file: string, ...args: string[]): string =>
  runCaptured({ file: `/stand-in/bin/${file}`, args });

/** Boot loader, kernel and initramfs of the installed system, for the firmware that the disk was laid out for. */
export function installBootLoader(disk: PreparedDisk): void {
  cpSync(`${disk.target}/stand-in/boot/vmlinuz`, `${disk.boot}/vmlinuz`);
  cpSync(`${disk.target}/stand-in/boot/initrd`, `${disk.boot}/initrd`);
  const words = `stand-in=disk root=${disk.systemId} console=tty0 quiet ${unused}`;
  if (disk.bootGuid === undefined) installForBios(disk, words);
  else installForUefi(disk, disk.bootGuid, words);
}

function installForBios(disk: PreparedDisk, words: string): void {
  writeFileSync(
    `${disk.boot}/extlinux.conf`,
    `default stand-in\nprompt 0\ntimeout 0\nlabel stand-in\n  kernel vmlinuz\n  append initrd=initrd ${words}\n`,
  );
  tool("extlinux", "--install", disk.boot);
}

/** As Setup does it: a folder of its own with an entry in the firmware's variables, and the same as the disk's fallback. */
function installForUefi(disk: PreparedDisk, partitionGuid: string, words: string): void {
  const loader = "/stand-in/efi/systemd-bootx64.efi";
  mkdirSync(`${disk.boot}/EFI/stand-in`, { recursive: true });
  mkdirSync(`${disk.boot}/EFI/BOOT`, { recursive: true });
  mkdirSync(`${disk.boot}/loader/entries`, { recursive: true });
  cpSync(loader, `${disk.boot}/EFI/stand-in/bootx64.efi`);
  cpSync(loader, `${disk.boot}/EFI/BOOT/BOOTX64.EFI`);
  writeFileSync(`${disk.boot}/loader/loader.conf`, "timeout 0\neditor no\n");
  writeFileSync(
    `${disk.boot}/loader/entries/stand-in.conf`,
    `title ${bootDescription}\nlinux /vmlinuz\ninitrd /initrd\noptions ${words}\n`,
  );
  writeBootEntry(disk, partitionGuid);
}

function writeBootEntry(disk: PreparedDisk, partitionGuid: string): void {
  const folder = "/sys/firmware/efi/efivars";
  tool("mount", "-t", "efivarfs", "efivarfs", folder);
  const variable = (name: string): string => `${folder}/${name}-${globalVariable}`;
  const name = `Boot${bootNumber.toString(16).padStart(4, "0").toUpperCase()}`;
  const entry = renderBootEntry({
    description: bootDescription,
    partition: disk.bootPartition,
    partitionGuid,
    file: "\\EFI\\stand-in\\bootx64.efi",
  });
  writeFileSync(variable(name), entry);
  const order = variable("BootOrder");
  writeFileSync(order, renderBootOrder(bootNumber, existsSync(order) ? readFileSync(order) : undefined));
  tool("umount", folder);
}
