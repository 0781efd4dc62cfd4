import { z } from "zod";
import * as pattern from "./patterns.ts";
import { windowsSchema } from "./windows-schema.ts";

/**
 * What a person writes. One description for validation, types, JSON Schema and docs/spec.md. Defaults that stand here as
 * `default` are the same for all releases; those that depend on the release or on another field are in the description
 * and in plan/.
 */

/** 24 days: a timer counts milliseconds in 31 bits, and one that has more to wait for is over at once. */
const minutes = z.number().positive().max(35_000);

const hardwareSchema = z
  .strictObject({
    firmware: z
      .enum(["bios", "uefi"])
      .optional()
      .describe(
        "Firmware of the VM. Default: uefi for Windows 11, Server 2025 and arm64, bios for the others.",
      ),
    accelerator: z
      .enum(["kvm", "tcg"])
      .default("kvm")
      .describe(
        "kvm needs a builder with the feature `kvm`, of the guest's architecture (which a spec cannot know). tcg emulates every instruction: right for the stand-in.",
      ),
    machineType: z
      .string()
      .regex(/^(pc-(i440fx|q35)|virt)-\d+\.\d+$/, {
        error: pattern.allowed("pc-i440fx-VERSION, pc-q35-VERSION or virt-VERSION"),
      })
      .optional()
      .describe(
        "QEMU's machine type with its version. Default: pc-i440fx-10.0 for bios, pc-q35-10.0 for uefi, virt-10.0 for arm64.",
      ),
    cpu: z
      .strictObject({
        model: pattern.cpuWord
          .optional()
          .describe(
            "QEMU's CPU model; `host` under kvm on arm64. Default: the release's in docs/releases.md.",
          ),
        flags: z
          .array(pattern.cpuFlag)
          .max(64)
          .optional()
          .describe(
            "Flags after the model. Default: those of Hyper-V's enlightenments under kvm that the release knows, none under tcg and on arm64.",
          ),
      })
      .prefault({})
      .describe(
        "The CPU that Windows sees; always enforced (but on arm64), so a host that lacks a feature is refused.",
      ),
    vcpus: z
      .int()
      .min(1)
      .max(64)
      .optional()
      .describe("Virtual CPUs. Default: the release's in docs/releases.md."),
    memoryMiB: z
      .int()
      .min(1)
      .max(1_048_576)
      .optional()
      .describe("Memory. Default: the release's in docs/releases.md."),
    diskGiB: z
      .int()
      .min(1)
      .max(2000)
      .optional()
      .describe("Size of the (sparse) disk. Default: the release's in docs/releases.md."),
    diskBus: z
      .enum(["ide", "ahci", "nvme", "virtio", "scsi"])
      .optional()
      .describe(
        "What the disk is attached to; virtio and scsi (virtio-scsi) need `windows.drivers.virtioWin`, and nvme is refused, because QEMU cannot freeze it. Default: the release's in docs/releases.md.",
      ),
    nic: z
      .enum(["rtl8139", "e1000", "e1000e", "virtio-net-pci"])
      .optional()
      .describe(
        "Network adapter; virtio-net-pci needs `windows.drivers.virtioWin`. Default: the release's in docs/releases.md.",
      ),
    rtcBase: pattern.dateTime
      .default("2026-01-01T00:00:00")
      .describe("The guest's clock (UTC) when the installation starts; it runs on from there."),
  })
  .prefault({})
  .describe("The virtual machine; the same in installation, snapshot and run.");

const accountSchema = z
  .strictObject({
    user: pattern.userName.default("casement").describe("Local administrator that commands run as."),
    password: pattern.password
      .optional()
      .describe(
        "Not a secret: it stands in the generated files, and nothing but the controller reaches the VM. Default: made once by generate and kept in the manifest.",
      ),
  })
  .prefault({})
  .describe("The guest's account; the same user and password serve SSH and the shares.");

const accessSchema = z
  .enum(["cygwin", "openssh"])
  .default("cygwin")
  .describe(
    "What commands come in through. cygwin: its sshd, bash, and the shares mounted where Linux has them. openssh: Win32-OpenSSH, cmd and PowerShell, and the shares as S: and X: only; Windows 10 1809, Server 2019 and later. See docs/openssh.md.",
  );

const imageSchema = z
  .strictObject({
    noProgressMinutes: minutes
      .optional()
      .describe(
        "The installation has failed when nothing moved for this long. Default: 20 under kvm, 120 under tcg.",
      ),
    deadlineMinutes: minutes
      .optional()
      .describe("What the whole installation may take. Default: 180 under kvm, 1080 under tcg."),
  })
  .prefault({})
  .describe("The stage that installs Windows.");

const snapshotSchema = z
  .strictObject({
    quiet: z
      .strictObject({
        seconds: z.number().min(0).max(86_400).default(60).describe("Quiet has to last this long."),
        cpuPercent: z
          .number()
          .positive()
          .max(100)
          .default(5)
          .describe("Below this share of one virtual CPU is quiet."),
        diskKiBPerSecond: z
          .number()
          .positive()
          .default(512)
          .describe("Below this much disk traffic is quiet."),
        capMinutes: minutes
          .optional()
          .describe(
            "After this the snapshot fails and names what is busy. Default: 30 under kvm, 180 under tcg.",
          ),
      })
      .prefault({})
      .describe(
        "What has to hold before the memory is frozen: whatever runs then, runs in every revived copy.",
      ),
    bootMinutes: minutes
      .optional()
      .describe("How long the installed Windows may boot. Default: 10 under kvm, 60 under tcg."),
    memoryLayout: z
      .enum(["sparse", "packed"])
      .default("sparse")
      .describe(
        "How the memory is kept. sparse: a file with holes that all runs map; copied or fetched it loses them, and takes the whole memory on disk. packed: the pages in use alone, which each run unpacks for itself. See docs/farm.md for what either costs.",
      ),
  })
  .prefault({})
  .describe("The stage that freezes the installed Windows.");

const runSchema = z
  .strictObject({
    timeoutMinutes: minutes.default(60).describe("What one command may take."),
    reviveSeconds: z
      .number()
      .positive()
      .max(86_400)
      .optional()
      .describe(
        "How long a revived Windows may take to answer on its SSH port. Default: 30 under kvm, 180 under tcg.",
      ),
    clock: z
      .enum(["snapshot", "host"])
      .default("snapshot")
      .describe(
        "snapshot: time goes on from the freeze. host: set before the command; the jump is reported.",
      ),
  })
  .prefault({})
  .describe("The stage that runs commands.");

const controllerSchema = z
  .strictObject({
    memoryMiB: z
      .int()
      .min(384)
      .max(65_536)
      .default(512)
      .describe("Memory of the controller VM, which holds all that it runs."),
    machineType: z
      .string()
      .regex(/^pc-(i440fx|q35)-\d+\.\d+$/, { error: pattern.allowed("pc-i440fx-VERSION or pc-q35-VERSION") })
      .default("pc-i440fx-10.0")
      .describe("QEMU's machine type of the controller VM."),
  })
  .prefault({})
  .describe("The Linux VM that is Windows' only neighbour: it serves the shares and runs the commands.");

const cygwinSchema = z
  .strictObject({
    packages: z
      .array(pattern.cygwinPackage)
      .max(500)
      .default([])
      .describe("Packages beside the Base category and what casement needs itself."),
  })
  .prefault({})
  .describe("Cygwin inside Windows.");

const nixSchema = z
  .strictObject({
    requiredSystemFeatures: z
      .array(pattern.systemFeature)
      .max(20)
      .default([])
      .describe(
        "Features that a builder has to offer for image, layers, snapshot and runs, such as `windows-vm` for machines set aside for this; `kvm` is asked for by `hardware.accelerator`. A change of it installs again. See docs/farm.md.",
      ),
    substituteSnapshots: z
      .boolean()
      .default(false)
      .describe(
        "Whether Nix may fetch a snapshot from a binary cache in place of making it; image and layers it always may. Under kvm a snapshot fits hosts of the same CPU vendor and clock frequency only. See docs/farm.md.",
      ),
  })
  .prefault({})
  .describe("What Nix is told about the derivations.");

export const specSchema = z
  .strictObject({
    $schema: z.string().optional().describe("For editors; casement does not read it."),
    name: pattern.name.describe("Names the derivations, the MAC addresses and (unless given) the computer."),
    windows: windowsSchema,
    hardware: hardwareSchema,
    account: accountSchema,
    access: accessSchema,
    image: imageSchema,
    snapshot: snapshotSchema,
    run: runSchema,
    controller: controllerSchema,
    cygwin: cygwinSchema,
    nix: nixSchema,
  })
  .describe("A Windows machine for Nix, as casement builds it.");

/** A spec as it is written: only `name` and `windows.release` are required. */
export type SpecInput = z.input<typeof specSchema>;

/** A spec that passed validation; defaults that depend on nothing are filled in. */
export type Spec = z.output<typeof specSchema>;
