import { join } from "node:path";
import { snapshot } from "../../contract/filenames.ts";
import type { BootedController, ControllerConfig } from "../../contract/stage-config.ts";
import { GuestError, ToolError } from "../../errors.ts";
import { startListener } from "../listener.ts";
import { buildControllerCommand, type ControllerRole } from "../qemu/controller-command.ts";
import { loadDeviceState } from "../qemu/freeze.ts";
import { type Machine, startMachine } from "../qemu/machine.ts";
import { keptRam } from "../ram-file.ts";
import type { TimelineRecorder } from "../timeline/recorder.ts";
import { type Vitals, within } from "../vitals.ts";
import type { Workspace } from "../workspace.ts";
import { createRelay, type Relay } from "./relay.ts";
import { type ControllerWords, createControllerWords } from "./words.ts";

interface Surroundings {
  readonly qemu: string;
  readonly accelerator: "kvm" | "tcg";
  /** The controller's clock at its start, ISO 8601 without zone. */
  readonly rtcBase: string;
  readonly switchSocket: string;
  readonly xchg: string;
  readonly workspace: Workspace;
  readonly vitals: Vitals;
  readonly timeline: TimelineRecorder;
}

export interface StartControllerOptions extends Surroundings {
  readonly controller: ControllerConfig;
}

/** The controller VM, its words and the way to the guest's SSH port. */
export interface Controller extends AsyncDisposable {
  readonly machine: Machine;
  readonly words: ControllerWords;
  readonly relay: Relay;
}

/** Revives the controller, or boots it where it is not frozen; it is not up yet: `untilReady` waits for it. */
export async function startController(options: StartControllerOptions): Promise<Controller> {
  const { controller, vitals } = options;
  if (controller.frozen === null) {
    const booted = await launch(options, controller, { kind: "boot" });
    void takeDownStart(booted.words, options, "boots");
    return booted;
  }
  const { folder, ram } = controller.frozen;
  await using starting = new AsyncDisposableStack();
  const revived = starting.use(
    await launch(options, controller, { kind: "revive", ram: keptRam(ram, "sparse") }),
  );
  await options.timeline.step("controller", "loads memory and devices", async () => {
    await loadDeviceState(revived.machine, { deviceState: join(folder, snapshot.deviceState), vitals });
    await revived.machine.execute("cont");
  });
  revived.words.wake(Date.parse(`${options.rtcBase}Z`) / 1000);
  void takeDownStart(revived.words, options, "wakes");
  starting.move();
  return revived;
}

/** Boots a controller whose RAM is a file; `untilAsleep` waits until it can be frozen. */
export async function startFreezable(
  options: Surroundings & { readonly controller: BootedController; readonly ram: string },
): Promise<Controller> {
  return launch(options, options.controller, { kind: "freeze", ram: options.ram });
}

async function launch(
  options: Surroundings,
  controller: BootedController,
  role: ControllerRole,
): Promise<Controller> {
  const { workspace, vitals, timeline } = options;
  await using starting = new AsyncDisposableStack();
  const wordsPort = starting.use(await startListener(workspace.path("controllerWords")));
  const sshPort = starting.use(await startListener(workspace.path("controllerSsh")));
  const logs = workspace.path("evidence");
  const qmp = workspace.path("controllerQmp");
  const console = join(logs, "controller.log");
  const command = buildControllerCommand({
    qemu: options.qemu,
    role,
    controller,
    accelerator: options.accelerator,
    rtcBase: options.rtcBase,
    switchSocket: options.switchSocket,
    xchg: options.xchg,
    qmp,
    words: wordsPort.path,
    ssh: sshPort.path,
    console,
  });
  using qemu = timeline.begin("controller", "starts QEMU");
  const machine = starting.use(
    await startMachine({ name: "controller", command, qmp, logs, console, vitals }),
  );
  const [wordsSocket, sshSocket] = await within(
    vitals.race(Promise.all([wordsPort.connection, sshPort.connection])),
    30_000,
    () => new ToolError("QEMU of the controller did not connect to its ports within 30 s"),
  );
  qemu.done();
  const words = createControllerWords(wordsSocket, vitals);
  const relay = createRelay(sshSocket, words, { hasBegun: role.kind === "revive" });
  const owned = starting.move();
  return { machine, words, relay, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** Nobody waits for its first words here, and they come in the end, or never. */
async function takeDownStart(
  words: ControllerWords,
  { vitals, timeline }: StartControllerOptions,
  how: "boots" | "wakes",
): Promise<void> {
  try {
    await timeline.step("controller", how, () => vitals.race(words.running));
    await timeline.step("controller", "brings the shares up", () => vitals.race(words.ready));
  } catch {
    // Whoever waits for the shares says so.
  }
}

/** Waits until the shares can be used, or `unless` ends the wait. */
export async function untilReady(
  controller: Controller,
  vitals: Vitals,
  timeoutMs: number,
  unless: Promise<never> = new Promise(() => undefined),
): Promise<void> {
  const { words } = controller;
  await within(
    vitals.race(Promise.race([words.ready, unless])),
    timeoutMs,
    late(words, timeoutMs, "the controller's shares to come up"),
  );
}

/** Waits until the controller has everything in its memory and nothing of the host in use. */
export async function untilAsleep(controller: Controller, vitals: Vitals, timeoutMs: number): Promise<void> {
  const { words } = controller;
  await within(vitals.race(words.asleep), timeoutMs, late(words, timeoutMs, "the controller to fall asleep"));
}

function late(words: ControllerWords, timeoutMs: number, what: string): () => GuestError {
  return () =>
    new GuestError("controller", `waited ${timeoutMs / 1000} s for ${what}`, {
      observation: `its last word was: ${words.lastSaid()}`,
      hint: "The controller's console is in the evidence folder.",
    });
}
