import type { ControllerConfig } from "../contract/stage-config.ts";
import { type Controller, startController } from "./controller/start.ts";
import type { Guest } from "./guest.ts";
import type { TimelineRecorder } from "./timeline/recorder.ts";
import { startSwitch } from "./vde/switch.ts";
import type { Vitals } from "./vitals.ts";
import type { Workspace } from "./workspace.ts";

export interface PairOptions {
  readonly tools: {
    readonly qemu: string;
    readonly controllerQemu?: string | undefined;
    readonly vdeSwitch: string;
  };
  readonly controller: ControllerConfig;
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
  const starting = [
    options.startGuest(switchSocket),
    startController({
      qemu: tools.controllerQemu ?? tools.qemu,
      controller: options.controller,
      accelerator: options.accelerator,
      rtcBase: options.rtcBase,
      switchSocket,
      xchg: options.xchg ?? workspace.path("xchg"),
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
  for (const outcome of settled) if (outcome.status === "fulfilled") scope.use(outcome.value);
  const [guest, controller] = settled;
  if (guest.status === "rejected") throw vitals.failure() ?? guest.reason;
  if (controller.status === "rejected") throw vitals.failure() ?? controller.reason;
  return { guest: guest.value, controller: controller.value };
}
