import type { ControllerFingerprint, Fingerprint } from "../../contract/records.ts";
import type { BootedController, ControllerConfig } from "../../contract/stage-config.ts";
import { assertSameFingerprint } from "../fingerprint.ts";
import type { Host } from "../host.ts";
import { assertOneFreeze } from "../one-freeze.ts";
import { describeController } from "../qemu/controller-command.ts";
import { loadControllerRecord } from "../records.ts";

/** Everything that has to be equal when a controller is revived. */
export function buildControllerFingerprint(parts: {
  readonly qemu: string;
  readonly accelerator: "kvm" | "tcg";
  readonly controller: BootedController;
  readonly host: NonNullable<Fingerprint["host"]>;
}): ControllerFingerprint {
  const { mac, memoryMiB, machineType, kernel, initrd, append, exports } = parts.controller;
  return {
    qemu: parts.qemu,
    controller: { mac, memoryMiB, machineType, kernel, initrd, append, exports },
    devices: [...describeController(parts.controller, parts.accelerator)],
    host: parts.accelerator === "kvm" ? parts.host : null,
  };
}

/** Checks that a frozen controller is whole and fits this stage, before anything starts; one that boots is not looked at. Throws ToolError. */
export async function assertFrozenController(
  config: {
    readonly tools: { readonly qemu: string; readonly controllerQemu?: string | undefined };
    readonly controller: ControllerConfig;
  },
  accelerator: "kvm" | "tcg",
  host: Host,
): Promise<void> {
  const { controller, tools } = config;
  if (controller.frozen === null) return;
  const { folder, ram } = controller.frozen;
  const record = await loadControllerRecord(folder);
  await assertOneFreeze("controller", { folder, ram, record });
  const qemu = tools.controllerQemu ?? tools.qemu;
  const now = buildControllerFingerprint({ qemu, accelerator, controller, host: await host.cpu() });
  assertSameFingerprint("the controller", record.fingerprint, now);
}
