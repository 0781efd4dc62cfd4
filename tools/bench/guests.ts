import { join } from "node:path";
import { z } from "zod";
import type { Hardware } from "../../src/contract/machine.ts";
import { quoteSh } from "../../src/text/sh.ts";
import { type Guest, startGuest } from "../../src/runtime/guest.ts";
import { startListener } from "../../src/runtime/listener.ts";
import { createOverlay } from "../../src/runtime/overlay.ts";
import { buildGuestCommand } from "../../src/runtime/qemu/command.ts";
import { loadDeviceState } from "../../src/runtime/qemu/freeze.ts";
import { type Machine, startMachine } from "../../src/runtime/qemu/machine.ts";
import { readSerial } from "../../src/runtime/serial.ts";
import { waitFor } from "../../src/runtime/vitals.ts";
import type { Lab } from "./machines.ts";
import { withPlainMemory } from "./plain-memory.ts";

const bootTimeoutMs = 300_000;

/** Boots a guest whose memory is a file, as the snapshot stage does it. */
export async function bootFreezable(
  lab: Lab,
  options: { readonly hardware: Hardware; readonly ram: string; readonly disk: string },
): Promise<Guest> {
  await using starting = new AsyncDisposableStack();
  const guest = starting.use(
    await startGuest({
      ...startOptions(lab, options),
      role: { kind: "freeze", ram: options.ram },
      onPower: () => undefined,
    }),
  );
  await lab.untilSsh(bootTimeoutMs);
  starting.move();
  return guest;
}

/** A started guest, and how long it took from QEMU's exec until the agent had read sshd's banner. */
export interface Started<T extends Machine> extends AsyncDisposable {
  readonly guest: T;
  readonly tookMs: number;
}

/** Revives as the run stage does it, and lets it go on at once. */
export async function revive(
  lab: Lab,
  options: {
    readonly hardware: Hardware;
    readonly ram: string;
    readonly deviceState: string;
    readonly disk: string;
  },
): Promise<Started<Guest>> {
  await using starting = new AsyncDisposableStack();
  const started = performance.now();
  const guest = starting.use(
    await startGuest({ ...startOptions(lab, options), role: { kind: "revive", ram: options.ram } }),
  );
  await loadDeviceState(guest, { deviceState: options.deviceState, vitals: lab.vitals });
  await guest.execute("cont");
  await lab.untilSsh(60_000);
  return keep(starting.move(), guest, started);
}

/** Boots the installed system from its disk, without anything of a snapshot. */
export async function bootCold(
  lab: Lab,
  options: { readonly hardware: Hardware; readonly disk: string },
): Promise<Started<Machine>> {
  await using starting = new AsyncDisposableStack();
  const started = performance.now();
  const guest = starting.use(await startPlain(lab, options));
  await lab.untilSsh(bootTimeoutMs);
  return keep(starting.move(), guest, started);
}

/** Loads a whole stream through gzip, as the 2014 work did it. */
export async function reviveFromGzip(
  lab: Lab,
  options: { readonly hardware: Hardware; readonly disk: string; readonly stream: string },
): Promise<Started<Machine>> {
  await using starting = new AsyncDisposableStack();
  const started = performance.now();
  const incoming = `exec:gzip -c -d ${quoteSh(options.stream)}`;
  const guest = starting.use(await startPlain(lab, { ...options, incoming }));
  await waitFor(lab.vitals, "bench", {
    what: "the gzip stream to be loaded",
    timeoutMs: bootTimeoutMs,
    intervalMs: 2,
    probe: async () => {
      const { status } = z.object({ status: z.string() }).parse(await guest.execute("query-status"));
      return status === "inmigrate" ? undefined : true;
    },
  });
  await guest.execute("cont");
  await lab.untilSsh(60_000);
  return keep(starting.move(), guest, started);
}

/** Writes a whole stream through gzip, as the 2014 work did it; the guest is stopped and stays so. Returns milliseconds. */
export async function saveToGzip(lab: Lab, guest: Machine, stream: string): Promise<number> {
  const started = performance.now();
  await guest.execute("stop");
  await guest.execute("migrate-set-capabilities", {
    capabilities: [{ capability: "x-ignore-shared", state: false }],
  });
  // QEMU's default would hold the stream back to 128 MiB/s.
  await guest.execute("migrate-set-parameters", { "max-bandwidth": 2 ** 40 });
  await guest.execute("migrate", { uri: `exec:gzip -c > ${quoteSh(stream)}` });
  await waitFor(lab.vitals, "bench", {
    what: "the gzip stream to be written",
    timeoutMs: bootTimeoutMs,
    intervalMs: 10,
    probe: async (observe) => {
      const { status } = z.object({ status: z.string() }).parse(await guest.execute("query-migrate"));
      observe(status);
      if (status === "failed" || status === "cancelled") throw new Error(`the gzip stream ${status}`);
      return status === "completed" ? true : undefined;
    },
  });
  return performance.now() - started;
}

/** Makes an overlay over a disk that has to stay as it is; returns its path. */
export async function overlayOf(lab: Lab, base: string, overlay: string): Promise<string> {
  await createOverlay({ qemuImg: lab.parts.tools.qemuImg, base, overlay, signal: lab.vitals.signal });
  return overlay;
}

async function startPlain(
  lab: Lab,
  options: { readonly hardware: Hardware; readonly disk: string; readonly incoming?: string },
): Promise<Machine> {
  const { workspace, vitals } = lab;
  await using starting = new AsyncDisposableStack();
  const serial = starting.use(await startListener(workspace.path("windowsSerial")));
  const qmp = workspace.path("windowsQmp");
  const command = buildGuestCommand({
    ...startOptions(lab, options),
    role: { kind: "freeze", ram: "ram" },
    qmp,
    serial: serial.path,
  });
  const logs = workspace.path("evidence");
  const machine = starting.use(
    await startMachine({
      name: "guest",
      command: withPlainMemory(command, options.incoming),
      qmp,
      logs,
      vitals,
    }),
  );
  void serial.connection.then((socket) => readSerial(socket, { file: join(logs, "com1.log"), vitals }));
  const owned = starting.move();
  return { ...machine, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

function startOptions(lab: Lab, options: { readonly hardware: Hardware; readonly disk: string }) {
  const { workspace, vitals, log, switchSocket } = lab;
  const { qemu } = lab.parts.tools;
  return { qemu, ...options, uefi: null, switchSocket, workspace, vitals, log };
}

function keep<T extends Machine>(owned: AsyncDisposableStack, guest: T, started: number): Started<T> {
  const tookMs = performance.now() - started;
  return { guest, tookMs, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
