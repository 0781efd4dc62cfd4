import assert from "node:assert/strict";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { spawn, type Exit, type Running } from "../../src/process/spawn.ts";
import { until } from "../../src/process/until.ts";
import { startTestDriver, type TestDriver } from "../fakes/test-driver.ts";
import { findProgram } from "../support/external-tools.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { findKernel, writeNeighbour } from "../support/tiny-machines.ts";

/** A machine in the hands of a NixOS test's driver, with another Linux on its network. */
export interface DrivenNode extends AsyncDisposable {
  readonly driver: TestDriver;
  /** The driver's folder for files that all machines share. */
  readonly shared: string;
  /** The machine's evidence. */
  readonly evidence: string;
  /** How the machine's program ended. */
  readonly exited: Promise<Exit>;
  /** What the machine said so far, and the neighbour on its serial port. */
  said(): { readonly node: string; readonly neighbour: string };
}

/** Starts the network, the neighbour and the machine's program, as the driver does. */
export async function startDrivenNode(program: string): Promise<DrivenNode> {
  await using starting = new AsyncDisposableStack();
  const folder = starting.use(await makeTempFolder()).path;
  const state = join(folder, "vm-state-windows");
  const shared = join(folder, "shared-xchg");
  for (const each of [state, shared]) mkdirSync(each);
  const network = join(folder, "vde0.ctl");
  await startNetwork(starting, network);
  const neighbour = await startNeighbour(starting, { folder, network });
  const driver = starting.use(await startTestDriver(state));
  const node = starting.use(
    await spawn({
      file: join(program, "bin/run-windows-vm"),
      args: driver.words,
      env: { QEMU_VDE_SOCKET_0: network, SHARED_DIR: shared, TMPDIR: state },
    }),
  );
  const said = { node: listen(node), neighbour: listen(neighbour) };
  const owned = starting.move();
  return {
    driver,
    shared,
    evidence: join(state, "evidence"),
    exited: node.exited,
    said: () => ({ node: said.node(), neighbour: said.neighbour() }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** A hub, as the driver's switch is one. */
async function startNetwork(scope: AsyncDisposableStack, socket: string): Promise<void> {
  const args = ["-s", socket, "--dirmode", "0700", "--hub", "-f", "/dev/null"];
  const network = scope.use(await spawn({ file: tool("vde_switch"), args }));
  network.stdout.resume();
  const probe = (): true | undefined => existsSync(join(socket, "ctl")) || undefined;
  await until({ what: "the network", timeoutMs: 10_000, intervalMs: 10, probe });
}

async function startNeighbour(
  scope: AsyncDisposableStack,
  { folder, network }: { readonly folder: string; readonly network: string },
): Promise<Running> {
  const kernel = await findKernel();
  assert.ok(kernel !== undefined, "no kernel in .tools/added: npm run setup puts it there");
  // biome-ignore format: an option and its value stay on one line
  const args = [
    "-nodefaults", "-no-user-config", "-display", "none", "-accel", "tcg", "-cpu", "max", "-m", "192M",
    "-kernel", kernel.vmlinux,
    "-initrd", await writeNeighbour(folder, kernel),
    "-append", "console=ttyS0 quiet panic=-1",
    "-netdev", `vde,id=net0,sock=${network}`,
    "-device", "virtio-net-pci,netdev=net0,mac=52:54:00:12:00:01,romfile=",
    "-serial", "stdio",
  ];
  return scope.use(await spawn({ file: tool("qemu-system-x86_64"), args }));
}

function listen({ stdout }: Running): () => string {
  let said = "";
  stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  return () => said;
}

function tool(name: string): string {
  return findProgram(name) ?? name;
}
