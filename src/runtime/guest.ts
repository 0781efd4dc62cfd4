import { join } from "node:path";
import { exitCodes, GuestError, ToolError } from "../errors.ts";
import type { Beacon } from "../contract/guest.ts";
import { startListener } from "./listener.ts";
import type { Log } from "./log.ts";
import { buildGuestCommand, type GuestOptions } from "./qemu/command.ts";
import { type Machine, startMachine } from "./qemu/machine.ts";
import type { QmpEvent } from "./qmp/protocol.ts";
import { describeBeacon, readSerial, type Serial } from "./serial.ts";
import { type Vitals, within } from "./vitals.ts";
import type { Workspace } from "./workspace.ts";

/** The Windows VM as the stages use it. */
export interface Guest extends Machine {
  readonly serial: Serial;
  /** Writes what the screen shows as PNG. */
  screenshot(file: string): Promise<void>;
}

export interface StartGuestOptions extends Omit<GuestOptions, "qmp" | "serial"> {
  readonly workspace: Workspace;
  readonly vitals: Vitals;
  readonly log: Log;
  /** What a beacon means in this stage; without it the log has it. */
  readonly onBeacon?: (beacon: Beacon) => void;
  /** What a shutdown or a restart of the guest means in this stage, each told once; without it either fails the stage. */
  readonly onPower?: (event: QmpEvent) => void;
}

/** Starts the guest and listens to it. A blue screen, a full disk, and QEMU's death fail the stage from here on. */
export async function startGuest(options: StartGuestOptions): Promise<Guest> {
  const { workspace, vitals, log } = options;
  await using starting = new AsyncDisposableStack();
  const logs = workspace.path("evidence");
  const qmp = workspace.path("windowsQmp");
  const port = starting.use(await startListener(workspace.path("windowsSerial")));
  const command = buildGuestCommand({ ...options, qmp, serial: port.path });
  using qemu = log.timeline.begin("guest", "starts QEMU");
  const machine = starting.use(await startMachine({ name: "guest", command, qmp, logs, vitals }));
  const socket = await within(
    vitals.race(port.connection),
    30_000,
    () => new ToolError("QEMU of the guest did not connect to its serial port within 30 s"),
  );
  qemu.done();
  const serial = readSerial(socket, {
    file: join(logs, "com1.log"),
    vitals,
    onBeacon(beacon) {
      if (options.onBeacon !== undefined) options.onBeacon(beacon);
      else log.about("guest", describeBeacon(beacon));
    },
  });
  const isNews = createEchoFilter();
  machine.qmp.onEvent((event) => {
    if (isNews(event)) judgeEvent(event, options);
  });
  const owned = starting.move();
  return {
    ...machine,
    serial,
    async screenshot(file) {
      await machine.qmp.execute("screendump", { filename: file, format: "png" });
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Longer than a BIOS takes to reset again on a busy machine, shorter than any system takes to start. */
const echoSeconds = 2;

/**
 * True for every event but the echo of a restart: a guest that resets finds SeaBIOS's code changed in memory, so SeaBIOS
 * resets once more to get it back, and QEMU tells both within some 50 ms (under TCG), each as `guest-reset`.
 */
export function createEchoFilter(): (event: QmpEvent) => boolean {
  let lastResetSeconds = Number.NEGATIVE_INFINITY;
  return (event) => {
    if (event.name !== "RESET") return true;
    const sinceSeconds = event.atSeconds - lastResetSeconds;
    lastResetSeconds = event.atSeconds;
    // The host's clock may be set back in between.
    return Math.abs(sinceSeconds) >= echoSeconds;
  };
}

function judgeEvent(event: QmpEvent, options: StartGuestOptions): void {
  const { vitals, log } = options;
  const data = JSON.stringify(event.data);
  switch (event.name) {
    case "GUEST_PANICKED":
      vitals.fail(
        new GuestError(log.currentPhase(), `the guest's system crashed (blue screen): ${data}`, {
          hint: "The screenshot in the evidence folder shows what it says.",
        }),
      );
      break;
    case "BLOCK_IO_ERROR":
      if (event.data["action"] === "stop") vitals.fail(diskFailed(event, data));
      else log.about("guest", `disk error: ${data}`);
      break;
    case "SHUTDOWN":
    case "RESET":
      // `quit` and our own resets are no news.
      if (event.data["guest"] !== true) break;
      if (options.onPower !== undefined) options.onPower(event);
      else vitals.fail(unexpectedPower(log.currentPhase(), event));
      break;
    default:
  }
}

function unexpectedPower(stage: string, event: QmpEvent): GuestError {
  const what = event.name === "RESET" ? "restarted" : "shut itself down";
  return new GuestError(stage, `the guest ${what}, and nothing had told it to`, {
    observation: `${event.name} ${JSON.stringify(event.data)}`,
  });
}

function diskFailed(event: QmpEvent, data: string): ToolError {
  if (event.data["nospace"] !== true) return new ToolError(`the guest's disk failed: ${data}`);
  return new ToolError(`the guest's disk could not grow: no space left on the host's file system`, {
    hint: "Free space there, and build again.",
    exitCode: exitCodes.space,
  });
}
