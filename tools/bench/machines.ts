import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { work, xchg } from "../../src/contract/filenames.ts";
import type { Access, Hardware } from "../../src/contract/machine.ts";
import type { ControllerConfig } from "../../src/contract/stage-config.ts";
import { type AgentClient, createAgentClient, loadAgent } from "../../src/runtime/agent-client.ts";
import { type Controller, startController, untilReady } from "../../src/runtime/controller/start.ts";
import { createLog, type Log } from "../../src/runtime/log.ts";
import { startSwitch } from "../../src/runtime/vde/switch.ts";
import type { Vitals } from "../../src/runtime/vitals.ts";
import { openWorkspace, type Workspace } from "../../src/runtime/workspace.ts";

/** The machines to measure: what the snapshot stage would be given, and the work that fills the guest's memory. */
export interface Parts {
  /** How reports call the guest; nothing that is not Windows is called Windows. */
  readonly title: string;
  readonly hardware: Hardware;
  /** The installed system's disk. */
  readonly disk: string;
  readonly hostKey: string;
  readonly access: Access;
  readonly tools: {
    readonly qemu: string;
    readonly qemuImg: string;
    readonly vdeSwitch: string;
    readonly fallocate?: string;
  };
  readonly controller: ControllerConfig;
  /** File of the agent. */
  readonly agent: string;
  readonly workload: Workload;
}

/** What the guest holds in its memory, and how one sees that it is still there. */
export interface Workload {
  /** Dirties so much memory of the running guest. */
  fill(lab: Lab, dirtyMB: number): Promise<void>;
  /** Text that is equal as long as the memory is. */
  read(lab: Lab): Promise<string>;
}

/** One switch with a controller on it that stays up; guests come and go beside it, one at a time. */
export interface Lab extends AsyncDisposable {
  readonly parts: Parts;
  readonly workspace: Workspace;
  readonly vitals: Vitals;
  readonly log: Log;
  readonly switchSocket: string;
  readonly controller: Controller;
  readonly agent: AgentClient;
  /** Waits until the agent has read the banner of the guest's sshd. The host itself has no address on this network. */
  untilSsh(timeoutMs: number): Promise<void>;
  /**
   * Runs a bash script in the guest as a run does it, drives included; what it wrote to stdout, which `onOutput` gets as it comes. A
   * nonzero exit is an Error.
   */
  execute(script: string, onOutput?: (text: string) => void): Promise<string>;
}

/** Starts switch and controller, and waits until its shares are up. */
export async function openLab(parts: Parts, options: { top: string; vitals: Vitals }): Promise<Lab> {
  const { vitals } = options;
  await using scope = new AsyncDisposableStack();
  const workspace = scope.use(await openWorkspace(options.top));
  const log = scope.use(createLog({ write: () => undefined }));
  const switchSocket = workspace.path("switchSocket");
  scope.use(
    await startSwitch({
      vdeSwitch: parts.tools.vdeSwitch,
      socket: switchSocket,
      management: workspace.path("switchManagement"),
      vitals,
    }),
  );
  const controller = scope.use(
    await startController({
      qemu: parts.tools.qemu,
      controller: parts.controller,
      accelerator: parts.hardware.accelerator,
      rtcBase: parts.hardware.rtcBase,
      switchSocket,
      xchg: workspace.path("xchg"),
      workspace,
      vitals,
      timeline: log.timeline,
    }),
  );
  await untilReady(controller, vitals, 180_000);
  const { words, relay } = controller;
  const agent = createAgentClient(
    await loadAgent(parts.agent),
    {
      xchg: workspace.path("xchg"),
      connect: (signal: AbortSignal) => relay.connect(signal),
      connections: () => words.connections(),
      shares: words.ready,
    },
    vitals,
  );
  const owned = scope.move();
  return {
    parts,
    workspace,
    vitals,
    log,
    switchSocket,
    controller,
    agent,
    async untilSsh(timeoutMs) {
      const request = { type: "wait-for-ssh", timeoutMs } as const;
      await agent.request(request, { stage: "bench", timeoutMs: timeoutMs + 5000 });
    },
    async execute(script, onOutput) {
      await writeFile(join(workspace.path("xchg"), xchg.run, "script.sh"), script);
      return executeScript(agent, parts, onOutput);
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

const sessionTimeoutMs = 900_000;

async function executeScript(
  agent: AgentClient,
  parts: Parts,
  onOutput: (text: string) => void = () => undefined,
): Promise<string> {
  const said: Record<"stdout" | "stderr", Buffer[]> = { stdout: [], stderr: [] };
  const done = await agent.request(
    {
      type: "execute",
      access: parts.access.kind,
      user: parts.access.user,
      password: parts.access.password,
      hostKey: parts.hostKey,
      timeoutMs: sessionTimeoutMs,
      kind: "bash",
      script: "script.sh",
      environment: {},
      passAsFile: [],
      structuredAttributes: false,
      outputs: {},
      makeOutputs: true,
      collect: "success",
      shell: null,
      desktopSeconds: null,
      setClockEpochSeconds: null,
      last: false,
      sessionTimeoutMs,
    },
    {
      stage: "bench",
      timeoutMs: sessionTimeoutMs + 15_000,
      onOutput: (stream, data) => {
        said[stream].push(data);
        if (stream === "stdout") onOutput(data.toString());
      },
    },
  );
  if (done.exitCode !== 0) {
    const reason = Buffer.concat(said.stderr).toString().trim();
    throw new Error(`the bench's script in the guest ended with ${done.exitCode}: ${reason}`);
  }
  return Buffer.concat(said.stdout).toString();
}

/** What the machines said, for the message of a bench that failed: the end of each log. */
export async function lastWords(lab: Lab): Promise<string> {
  const folder = join(lab.workspace.folder, work.evidence);
  const parts = await Promise.all(
    ["guest.stderr", "com1.log", "controller.stderr", "controller.log"].map(async (name) => {
      const text = (await readFile(join(folder, name), "utf8").catch(() => "")).trim();
      return text === "" ? [] : [`${name}:`, ...text.split("\n").slice(-6)];
    }),
  );
  return parts.flat().join("\n  | ");
}
