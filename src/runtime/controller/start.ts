import { join } from "node:path";
import type { ControllerConfig } from "../../contract/stage-config.ts";
import { GuestError, ToolError } from "../../errors.ts";
import { startListener } from "../listener.ts";
import { buildControllerCommand } from "../qemu/controller-command.ts";
import { type Machine, startMachine } from "../qemu/machine.ts";
import { type Vitals, within } from "../vitals.ts";
import type { Workspace } from "../workspace.ts";
import { type AgentClient, createAgentClient } from "./agent-client.ts";

export interface StartControllerOptions {
  readonly qemu: string;
  readonly controller: ControllerConfig;
  readonly accelerator: "kvm" | "tcg";
  readonly rtcBase: string;
  readonly switchSocket: string;
  readonly xchg: string;
  readonly workspace: Workspace;
  readonly vitals: Vitals;
}

/** The controller VM and the line to its agent. */
export interface Controller extends AsyncDisposable {
  readonly machine: Machine;
  readonly agent: AgentClient;
}

/** Starts the controller; its agent is not up yet: `untilReady` waits for it. */
export async function startController(options: StartControllerOptions): Promise<Controller> {
  const { workspace, vitals } = options;
  await using starting = new AsyncDisposableStack();
  const port = starting.use(await startListener(workspace.path("agentPort")));
  const logs = workspace.path("evidence");
  const qmp = workspace.path("controllerQmp");
  const command = buildControllerCommand({
    qemu: options.qemu,
    controller: options.controller,
    accelerator: options.accelerator,
    rtcBase: options.rtcBase,
    switchSocket: options.switchSocket,
    xchg: options.xchg,
    qmp,
    agent: port.path,
    console: join(logs, "controller.log"),
  });
  const machine = starting.use(await startMachine({ name: "controller", command, qmp, logs, vitals }));
  const socket = await within(
    vitals.race(port.connection),
    30_000,
    () => new ToolError("QEMU of the controller did not connect to the agent's port within 30 s"),
  );
  const agent = createAgentClient(socket, vitals);
  const owned = starting.move();
  return { machine, agent, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** Waits until the shares can be used. */
export async function untilReady(controller: Controller, vitals: Vitals, timeoutMs: number): Promise<void> {
  const late = (): GuestError =>
    new GuestError("controller", `waited ${timeoutMs / 1000} s for the agent to say that the shares are up`, {
      observation: `the agent's last word was: ${controller.agent.lastSaid()}`,
      hint: "The controller's console is in the evidence folder.",
    });
  await within(vitals.race(controller.agent.ready), timeoutMs, late);
}
