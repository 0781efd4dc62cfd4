import type { ControllerConfig } from "../contract/stage-config.ts";
import { type AgentClient, openAgent } from "./agent-client.ts";
import { type Controller, startController, untilReady } from "./controller/start.ts";
import type { Guest } from "./guest.ts";
import type { TimelineRecorder } from "./timeline/recorder.ts";
import { startSwitch } from "./vde/switch.ts";
import type { Vitals } from "./vitals.ts";
import type { Workspace } from "./workspace.ts";

/** A controller that boots takes seconds, more under emulation. */
const sharesTimeoutMs = 300_000;

export interface PairOptions {
  readonly tools: {
    readonly qemu: string;
    readonly controllerQemu?: string | undefined;
    readonly vdeSwitch: string;
  };
  readonly controller: ControllerConfig;
  /** File of the agent. */
  readonly agent: string;
  readonly accelerator: "kvm" | "tcg";
  /** The controller's clock at its start, ISO 8601 without zone. */
  readonly rtcBase: string;
  readonly workspace: Workspace;
  readonly vitals: Vitals;
  readonly timeline: TimelineRecorder;
  /** Folder of a switch that somebody else owns and ends; without it the pair has one of its own. */
  readonly switchSocket?: string | undefined;
  /** Folder that is X: in the guest; without it the workspace's. */
  readonly xchg?: string | undefined;
  /** Starts the guest on this switch. */
  readonly startGuest: (switchSocket: string) => Promise<Guest>;
}

/** Guest and controller on one switch. */
export interface Pair {
  readonly guest: Guest;
  readonly controller: Controller;
  readonly agent: AgentClient;
  /** Settles when the controller's shares can be used; a GuestError where they do not come up. */
  readonly shares: Promise<void>;
}

/** Starts switch, guest and controller, the latter two at the same time, and hands all of them to the scope. */
export async function startPair(scope: AsyncDisposableStack, options: PairOptions): Promise<Pair> {
  const { workspace, vitals, timeline, tools } = options;
  const switchSocket = options.switchSocket ?? workspace.path("switchSocket");
  if (options.switchSocket === undefined) {
    const management = workspace.path("switchManagement");
    scope.use(
      await timeline.step("runtime", "starts the switch", () =>
        startSwitch({ vdeSwitch: tools.vdeSwitch, socket: switchSocket, management, vitals }),
      ),
    );
  }
  const xchg = options.xchg ?? workspace.path("xchg");
  const starting = [
    options.startGuest(switchSocket),
    startController({
      qemu: tools.controllerQemu ?? tools.qemu,
      controller: options.controller,
      accelerator: options.accelerator,
      rtcBase: options.rtcBase,
      switchSocket,
      xchg,
      workspace,
      vitals,
      timeline,
    }),
  ] as const;
  // The first failure ends the other one's start too; both are awaited, so that nothing is started behind the scope's back.
  for (const start of starting) {
    start.catch((error: unknown) => vitals.fail(error instanceof Error ? error : new Error(String(error))));
  }
  const settled = await Promise.allSettled(starting);
  const [guest, controller] = settled;
  if (guest.status === "fulfilled") scope.use(guest.value);
  if (controller.status === "fulfilled") scope.use(controller.value);
  if (guest.status === "rejected") throw vitals.failure() ?? guest.reason;
  if (controller.status === "rejected") throw vitals.failure() ?? controller.reason;
  const { relay, words } = controller.value;
  // A pair may end before anybody has asked for them.
  const ended = Promise.withResolvers<never>();
  scope.defer(() => ended.reject(new Error("the controller has ended")));
  const shares = untilReady(controller.value, vitals, sharesTimeoutMs, ended.promise);
  shares.catch(() => undefined);
  const surroundings = {
    xchg,
    connect: (signal: AbortSignal) => relay.connect(signal),
    connections: () => words.connections(),
    shares,
  };
  return {
    guest: guest.value,
    controller: controller.value,
    shares,
    agent: openAgent(options.agent, surroundings, vitals),
  };
}
