import * as z from "zod";
import {
  accessSchema,
  controllerSettingsSchema,
  hardwareSchema,
  imageSettingsSchema,
  runSettingsSchema,
  snapshotSettingsSchema,
} from "./machine.ts";

/** The one JSON that a derivation hands to the runtime (argv[2]); nix/ writes it, the runtime reads it. What only the build knows (paths of outputs, files that it writes) is added by nix/start-stage.mjs. */
export const stageConfigVersion = 1;

const path = z.string().startsWith("/");

/** Programs by absolute path; QEMU's is part of the fingerprint. */
const toolsSchema = z.strictObject({
  qemu: path,
  /** The controller's, where the guest's is for another architecture than the host's. */
  controllerQemu: path.optional(),
  qemuImg: path,
  vdeSwitch: path,
  /** Image stage only: adds the keys to the bootstrap ISO. */
  xorriso: path.optional(),
  /** Snapshot stage only: util-linux's `fallocate -d` punches holes into the RAM file; without it zeros stay on disk. */
  fallocate: path.optional(),
});

const firmwareSchema = z.strictObject({ code: path, vars: path }).nullable();

/** The controller as it is booted. */
export const bootedControllerSchema = z.strictObject({
  ...controllerSettingsSchema.shape,
  kernel: path,
  initrd: path,
  /** Extra words of the kernel's command line. */
  append: z.string(),
  /** Folders of the host that it mounts over 9p at the same path, read-only; /nix/store always, /usr with host tools. */
  exports: z.array(z.strictObject({ tag: z.string(), path })),
});

const controllerSchema = z.strictObject({
  ...bootedControllerSchema.shape,
  /** The outputs of the stage `controller`, from which it is revived; null where it boots: a system of the user's own. */
  frozen: z.strictObject({ folder: path, ram: path }).nullable(),
});

/** File of the agent, which works in the guest's sessions. */
const agent = path;

const base = {
  version: z.literal(stageConfigVersion),
  name: z.string(),
  release: z.string(),
  /** True when the medium is the stand-in: every title and report then says so. */
  standIn: z.boolean(),
  hardware: hardwareSchema,
  access: accessSchema,
  tools: toolsSchema,
  /** The derivation's outputs by name; nothing is there yet. */
  outputs: z.record(z.string(), path),
};

/** Boots the controller and freezes it; the guest has no part in it, nor in its hash. */
export const controllerStageSchema = z.strictObject({
  version: base.version,
  stage: z.literal("controller"),
  name: z.string(),
  accelerator: hardwareSchema.shape.accelerator,
  tools: toolsSchema.pick({ qemu: true, qemuImg: true, vdeSwitch: true, fallocate: true }),
  outputs: base.outputs,
  controller: bootedControllerSchema,
  /** It is frozen when it has done nothing for this long, or after a minute: what it still had to do it would do at each wake. */
  quietSeconds: z.number().positive(),
});

export const imageStageSchema = z.strictObject({
  ...base,
  stage: z.literal("image"),
  settings: imageSettingsSchema,
  media: z.strictObject({ iso: path, bootstrapIso: path, floppy: path.nullable() }),
  uefi: firmwareSchema,
});

export const snapshotStageSchema = z.strictObject({
  ...base,
  stage: z.literal("snapshot"),
  settings: snapshotSettingsSchema,
  /** Somebody has to be logged on at the console, and commands have to run there. */
  desktop: z.boolean(),
  image: path,
  uefiCode: path.nullable(),
  controller: controllerSchema,
  agent,
});

export const commandSchema = z.strictObject({
  kind: z.enum(["bash", "cmd", "powershell"]),
  /** The script's file, copied to xchg as it is (cmd and PowerShell scripts get CR LF). */
  script: path,
  environment: z.record(z.string(), z.string()),
  /** Nix' passAsFile: contents of files that the variables NAMEPath name. */
  passAsFile: z.record(z.string(), z.string()),
  /** Structured attributes: Nix' own .attrs.json and .attrs.sh, of which the guest gets copies. */
  attributes: z.strictObject({ json: path, sh: path }).nullable(),
  /** True: each output is an empty folder when the command starts. False, as for a builder of Nix: the command makes it. */
  makeOutputs: z.boolean(),
  /** True: it runs at the desktop of whoever is logged on at the console, where its windows are seen. */
  desktop: z.boolean(),
});

const exitCode = z.int().min(0).max(0xffff_ffff);

/** A further image: an image with what one command left in it. */
export const layerStageSchema = z.strictObject({
  ...base,
  stage: z.literal("layer"),
  settings: z.strictObject({
    /** What the command may take, … */
    timeoutMinutes: z.number().positive(),
    /** … and each start of the guest. */
    bootMinutes: z.number().positive(),
  }),
  image: path,
  uefiCode: path.nullable(),
  controller: controllerSchema,
  agent,
  /** Name of the layer, for messages. */
  layer: z.string(),
  command: commandSchema,
  /** Which of the command's codes are no failure; any other is one. */
  exitCodes: z.strictObject({
    success: z.array(exitCode),
    /** A success that wants a restart. */
    restart: z.array(exitCode),
    /** A success after which the guest restarts by itself. */
    restarting: z.array(exitCode),
  }),
  /** Whether the guest restarts after the command in any case. */
  reboot: z.boolean(),
});

/**
 * What a run leaves: `result`, what the command left in its outputs; `report`, one output with the log, the exit code,
 * screenshots and the result; `evidence`, the same as a report, and a command that fails does not fail the build.
 */
export const keepsSchema = z.enum(["result", "report", "evidence"]);
export type Keeps = z.infer<typeof keepsSchema>;

export const runStageSchema = z.strictObject({
  ...base,
  stage: z.literal("run"),
  settings: runSettingsSchema,
  image: path,
  snapshot: path,
  ram: path,
  uefiCode: path.nullable(),
  controller: controllerSchema,
  agent,
  command: commandSchema,
  keeps: keepsSchema,
  evaluationExpires: z.string().nullable(),
});

/** A revived machine with a screen and a shell, for a person; runs outside of Nix's sandbox, as that person. */
export const debugStageSchema = z.strictObject({
  ...runStageSchema.omit({ stage: true, keeps: true }).shape,
  stage: z.literal("debug"),
  /** Where the shell comes if nobody says otherwise. */
  when: z.enum(["before", "after"]),
});

/** A revived machine as a node of a NixOS test; runs where the test's driver runs, which starts it as one of its machines. */
export const testNodeStageSchema = z.strictObject({
  ...runStageSchema.omit({ stage: true, keeps: true, command: true }).shape,
  stage: z.literal("test-node"),
  /** The other nodes, for the guest's hosts file. */
  hosts: z.array(
    z.strictObject({ address: z.ipv4(), name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/) }),
  ),
});

export const stageConfigSchema = z.discriminatedUnion("stage", [
  controllerStageSchema,
  imageStageSchema,
  snapshotStageSchema,
  layerStageSchema,
  runStageSchema,
  debugStageSchema,
  testNodeStageSchema,
]);
export type ControllerStage = z.infer<typeof controllerStageSchema>;
export type ImageStage = z.infer<typeof imageStageSchema>;
export type SnapshotStage = z.infer<typeof snapshotStageSchema>;
export type LayerStage = z.infer<typeof layerStageSchema>;
/** A stage that boots an image. */
export type BootingStage = Pick<
  SnapshotStage,
  keyof typeof base | "image" | "uefiCode" | "controller" | "agent"
>;
export type RunStage = z.infer<typeof runStageSchema>;
export type DebugStage = z.infer<typeof debugStageSchema>;
export type TestNodeStage = z.infer<typeof testNodeStageSchema>;
/** A stage that revives a snapshot. */
export type RevivingStage = RunStage | DebugStage | TestNodeStage;
export type StageConfig = z.infer<typeof stageConfigSchema>;
export type BootedController = z.infer<typeof bootedControllerSchema>;
export type ControllerConfig = z.infer<typeof controllerSchema>;
export type RunCommand = z.infer<typeof commandSchema>;
