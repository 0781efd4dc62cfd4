import * as z from "zod";
import { hardwareSchema, memoryLayoutSchema } from "./machine.ts";
import { bootedControllerSchema } from "./stage-config.ts";

/** What image and snapshot leave beside their files, read by the stages after them. */
export const recordVersion = 1;

const buildId = z.string().regex(/^[0-9a-f]{32}$/);

export const imageRecordSchema = z.strictObject({
  version: z.literal(recordVersion),
  /** Random, made by the build: two builds of one derivation differ, so parents are told apart by this and not by their store path. */
  buildId,
  name: z.string(),
  release: z.string(),
  standIn: z.boolean(),
  hardware: hardwareSchema,
  /** What a layer stands on; null for an installation. Its disk is an overlay of that image's. */
  parent: z.strictObject({ path: z.string(), buildId }).nullable(),
  /** OpenSSH public key line of the guest's host key; the agent accepts no other. */
  hostKey: z.string().startsWith("ssh-ed25519 "),
});
export type ImageRecord = z.infer<typeof imageRecordSchema>;

/** Under KVM the host's CPU has to be of the same vendor and TSC frequency; null under TCG. */
const host = z.strictObject({ cpuVendor: z.string(), tscKHz: z.number().nullable() }).nullable();

/** Everything that has to be equal when the memory is revived. Compared part by part, so that a refusal names the part. */
export const fingerprintSchema = z.strictObject({
  imageBuildId: buildId,
  qemu: z.string(),
  hardware: hardwareSchema,
  /** The guest's QEMU arguments as the freeze had them, less the parts that may differ (paths, -incoming, share=). */
  devices: z.array(z.string()),
  uefiCode: z.string().nullable(),
  /** SHA-256 of the UEFI variables as the freeze left them; every run starts from a copy. */
  uefiVariables: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  host,
});
export type Fingerprint = z.infer<typeof fingerprintSchema>;

const frozenRamSchema = z.strictObject({
  layout: memoryLayoutSchema,
  /** The machine's memory. */
  bytes: z.int(),
  /** The file that the output holds: as large as the memory, or packed. */
  fileBytes: z.int(),
  /** What that file took on disk when it was made: holes are lost by a copy between stores. */
  bytesOnDisk: z.int(),
});
export type FrozenRam = z.infer<typeof frozenRamSchema>;

export const snapshotRecordSchema = z.strictObject({
  version: z.literal(recordVersion),
  /** Also in ram.json: disk, device state and RAM of one freeze belong together. */
  buildId,
  hostKey: z.string(),
  fingerprint: fingerprintSchema,
  ram: frozenRamSchema,
  deviceStateBytes: z.int(),
  /** The guest's clock at the freeze, seconds since 1970, as far as it is known. */
  frozenAtEpochSeconds: z.int().nullable(),
});
export type SnapshotRecord = z.infer<typeof snapshotRecordSchema>;

/** What has to be equal when a controller is revived. */
export const controllerFingerprintSchema = z.strictObject({
  qemu: z.string(),
  controller: bootedControllerSchema,
  /** Its QEMU arguments, less the parts that may differ. */
  devices: z.array(z.string()),
  host,
});
export type ControllerFingerprint = z.infer<typeof controllerFingerprintSchema>;

export const controllerRecordSchema = z.strictObject({
  version: z.literal(recordVersion),
  /** Also in ram.json. */
  buildId,
  fingerprint: controllerFingerprintSchema,
  ram: frozenRamSchema,
  deviceStateBytes: z.int(),
});
export type ControllerRecord = z.infer<typeof controllerRecordSchema>;

export const ramRecordSchema = z.strictObject({ version: z.literal(recordVersion), buildId });
export type RamRecord = z.infer<typeof ramRecordSchema>;
