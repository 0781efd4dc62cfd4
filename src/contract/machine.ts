import * as z from "zod";

/** machine.json: what the build half tells nix/ and the runtime. Written by generate, read by nix/load.nix, which hands each stage its own part. */
export const machineVersion = 1;

const mac = z.string().regex(/^52:54:00(:[0-9a-f]{2}){3}$/);

/** The virtual hardware of the Windows VM; equal in image, snapshot and run, and part of the fingerprint. */
export const hardwareSchema = z.strictObject({
  accelerator: z.enum(["kvm", "tcg"]),
  /** Versioned on purpose: `pc` alone changes with QEMU and breaks a snapshot. */
  machineType: z.string().regex(/^(pc-(i440fx|q35)|virt)-\d+\.\d+$/),
  cpu: z.strictObject({ model: z.string(), flags: z.array(z.string()) }),
  vcpus: z.int().min(1),
  memoryMiB: z.int().min(64),
  firmware: z.enum(["bios", "uefi"]),
  disk: z.strictObject({ bus: z.enum(["ide", "ahci", "nvme", "virtio", "scsi"]), sizeGiB: z.int().min(1) }),
  nic: z.strictObject({ model: z.enum(["e1000", "e1000e", "rtl8139", "virtio-net-pci"]), mac }),
  floppy: z.boolean(),
  /** ISO 8601 without zone, UTC; `-rtc base=…,clock=vm`. */
  rtcBase: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
  vmGenerationId: z.boolean(),
});
export type Hardware = z.infer<typeof hardwareSchema>;

/** Whose sshd answers: Cygwin's, with bash as its shell, or Win32-OpenSSH, with cmd. */
export const accessKindSchema = z.enum(["cygwin", "openssh"]);
export type AccessKind = z.infer<typeof accessKindSchema>;

/** How a session gets in: sshd with a password login (which has network credentials). */
export const accessSchema = z.strictObject({
  kind: accessKindSchema,
  user: z.string(),
  /** Not a secret: the VM can be reached by its controller alone (docs/decisions.md). */
  password: z.string(),
});
export type Access = z.infer<typeof accessSchema>;

export const imageSettingsSchema = z.strictObject({
  /** A stage without any progress for this long has failed; already scaled for the accelerator. */
  noProgressMinutes: z.number().positive(),
  /** What the whole installation may take. */
  deadlineMinutes: z.number().positive(),
});
export type ImageSettings = z.infer<typeof imageSettingsSchema>;

/**
 * How a snapshot keeps the guest's memory. `sparse`: the file that every run maps, with holes where nothing is. `packed`: the
 * pages in use alone, which each run unpacks for itself; a copy between stores has no holes.
 */
export const memoryLayoutSchema = z.enum(["sparse", "packed"]);
export type MemoryLayout = z.infer<typeof memoryLayoutSchema>;

export const snapshotSettingsSchema = z.strictObject({
  quiet: z.strictObject({
    /** Quiet has to last this long, … */
    seconds: z.number().nonnegative(),
    /** … with the guest's CPU below this share of one vCPU … */
    cpuPercent: z.number().positive(),
    /** … and disk traffic below this. */
    diskKiBPerSecond: z.number().positive(),
    /** After this the snapshot fails and names what kept the guest busy. */
    capMinutes: z.number().positive(),
  }),
  bootMinutes: z.number().positive(),
  memoryLayout: memoryLayoutSchema,
});
export type SnapshotSettings = z.infer<typeof snapshotSettingsSchema>;

export const runSettingsSchema = z.strictObject({
  timeoutMinutes: z.number().positive(),
  /** How long a revived guest may take to answer on its SSH port. */
  reviveSeconds: z.number().positive(),
  /** `snapshot`: time goes on from the freeze. `host`: set from the host's clock before the command, the jump is reported. */
  clock: z.enum(["snapshot", "host"]),
});
export type RunSettings = z.infer<typeof runSettingsSchema>;

export const controllerSettingsSchema = z.strictObject({
  mac,
  memoryMiB: z.int().min(256),
  machineType: z.string(),
});
export type ControllerSettings = z.infer<typeof controllerSettingsSchema>;

/** What Nix is told about the derivations; the runtime is not. */
export const nixSettingsSchema = z.strictObject({
  /** Of every stage, beside `kvm` where the accelerator is KVM. */
  requiredSystemFeatures: z.array(z.string()),
  /** Nix' allowSubstitutes of the snapshot. */
  substituteSnapshots: z.boolean(),
});
export type NixSettings = z.infer<typeof nixSettingsSchema>;

export const machineSchema = z.strictObject({
  version: z.literal(machineVersion),
  name: z.string(),
  /** The catalogue's id, for messages and names only. */
  release: z.string(),
  architecture: z.enum(["x86", "amd64", "arm64"]),
  /** Drivers for the bootstrap medium, which the Nix library puts there. */
  drivers: z.strictObject({
    /** Folders of virtio-win, such as `NetKVM/w11/amd64`. */
    virtioWin: z.array(z.string()),
    /** Names of folders that `load` is given. */
    folders: z.array(z.string()),
  }),
  /** What the medium has to hold, for the check before the installation. */
  medium: z.strictObject({
    image: z.union([
      z.strictObject({ kind: z.literal("index"), index: z.int().min(1) }),
      z.strictObject({ kind: z.literal("name"), name: z.string() }),
    ]),
    edition: z.string(),
    language: z.string(),
    build: z.int(),
    evaluation: z.boolean(),
    /** True where the answer file names one; which one does not matter here. */
    productKey: z.boolean(),
  }),
  /** ISO as the spec gives it; null where the user hands `iso` to load. */
  iso: z.strictObject({ name: z.string(), sha256: z.string(), url: z.string().nullable() }).nullable(),
  /** Microsoft's page for such media, for messages; null where there is none for everybody. */
  isoPage: z.string().nullable(),
  hardware: hardwareSchema,
  access: accessSchema,
  /** The account is logged on at the console when the memory is frozen, so that commands can have its desktop. */
  desktop: z.boolean(),
  image: imageSettingsSchema,
  snapshot: snapshotSettingsSchema,
  run: runSettingsSchema,
  controller: controllerSettingsSchema,
  nix: nixSettingsSchema,
  /** Date (YYYY-MM-DD) after which an evaluation edition shuts itself down; null for others. */
  evaluationExpires: z.string().nullable(),
});
export type Machine = z.infer<typeof machineSchema>;
