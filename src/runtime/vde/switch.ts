import { connect } from "node:net";
import { ToolError } from "../../errors.ts";
import type { Command } from "../../process/command.ts";
import { spawn } from "../../process/spawn.ts";
import { assertSocketPath } from "../listener.ts";
import { type Vitals, waitFor } from "../vitals.ts";

export interface SwitchOptions {
  readonly vdeSwitch: string;
  /** Folder that the switch makes; QEMU's `-netdev vde,sock=`. */
  readonly socket: string;
  readonly management: string;
  readonly vitals: Vitals;
}

/** The network of one stage; it ends with its scope, and it dies by itself when the runtime dies. */
export interface Switch extends AsyncDisposable {
  readonly pid: number;
}

/** The switch's command line. */
function buildSwitchCommand(options: Omit<SwitchOptions, "vitals">): Command {
  // biome-ignore format: an option and its value stay on one line
  const args = [
    "-s", options.socket,
    "-M", options.management,
    "--dirmode", "0700",
    "--mode", "0600",
    "--mgmtmode", "0600",
    // Or it reads /etc/vde2/vde_switch.rc and ~/.vderc of the machine.
    "-f", "/dev/null",
  ];
  return { file: options.vdeSwitch, args };
}

/**
 * Starts vde_switch and waits until it answers on its management socket. From then on its death fails the stage:
 * QEMU does not notice, prints nothing, and never joins a new switch.
 */
export async function startSwitch(options: SwitchOptions): Promise<Switch> {
  const { vitals } = options;
  for (const path of [switchPort(options.socket), options.management]) assertSocketPath(path);
  const running = await spawn(buildSwitchCommand(options), { graceMs: 300 });
  running.stdout.resume();
  let leaving = false;
  void running.exited.then((exit) => {
    if (leaving) return;
    const said = running.lastStderr();
    const message = `the network switch (vde_switch) ${exit.how}; nothing reaches the guest any more${said === "" ? "" : `\n  | ${said}`}`;
    vitals.fail(new ToolError(message));
  });
  const stop = async (): Promise<void> => {
    leaving = true;
    await running.stop();
  };
  try {
    await waitFor(vitals, "network", {
      what: "vde_switch to answer on its management socket",
      timeoutMs: 10_000,
      intervalMs: 5,
      probe: async (observe) => {
        const answer = await askShowInfo(options.management);
        observe(answer);
        return answer.includes("1000 Success") ? true : undefined;
      },
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { pid: running.pid, [Symbol.asyncDispose]: stop };
}

/** The longest socket path that a client of the switch makes: libvdeplug binds `.PID-NNNNN` beside `ctl`. */
export function switchPort(socket: string): string {
  return `${socket}/.4194304-00000`;
}

/*
 * vde$ showinfo
 * 0000 DATA END WITH '.'
 * Numports=32
 * …
 * .
 * 1000 Success
 */
async function askShowInfo(path: string): Promise<string> {
  return new Promise((resolve) => {
    let heard = "";
    const socket = connect(path);
    const end = (): void => {
      socket.destroy();
      resolve(heard);
    };
    socket.setTimeout(1000, end);
    socket.on("error", (error) => {
      heard ||= error.message;
      end();
    });
    socket.on("close", end);
    socket.on("data", (chunk: Buffer) => {
      const prompted = heard.includes("vde$ ");
      heard += chunk.toString();
      if (!prompted && heard.includes("vde$ ")) socket.write("showinfo\n");
      if (/^1\d\d\d /m.test(heard)) end();
    });
  });
}
