import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import ssh2 from "ssh2";
import { type ControllerConfig, controllerStageSchema } from "../../../src/contract/stage-config.ts";
import { type Controller, startController } from "../../../src/runtime/controller/start.ts";
import type { StageContext } from "../../../src/runtime/context.ts";
import { realHost } from "../../../src/runtime/host.ts";
import { makeKeyPair } from "../../../src/runtime/keys.ts";
import { createLog } from "../../../src/runtime/log.ts";
import { freezeController } from "../../../src/runtime/stages/controller.ts";
import { createVitals, type Vitals } from "../../../src/runtime/vitals.ts";
import { openWorkspace } from "../../../src/runtime/workspace.ts";
import { createRecorder } from "../../../src/runtime/timeline/recorder.ts";
import { createScriptedConsole } from "../../runtime/scripted-console.ts";
import { findProgram } from "../../support/external-tools.ts";
import { freePort } from "../../support/free-port.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";
import { buildMinimalController } from "./minimal-controller.ts";

/** A minimal controller that was frozen by its stage, and can be revived beside a machine of the test's own. */
export interface FrozenLab extends AsyncDisposable {
  /** The host key of the guest that a revived one finds. */
  readonly hostKey: string;
  revive(options?: ReviveOptions): Promise<Revived>;
}

export interface ReviveOptions {
  /** It has the generation id of the freeze. */
  readonly sameGeneration?: boolean;
  /** What it is woken with, ISO 8601 without zone. */
  readonly clock?: string;
}

export interface Revived extends AsyncDisposable {
  readonly controller: Controller;
  readonly vitals: Vitals;
  /** Folder that is xchg. */
  readonly xchg: string;
  /** Port of the loopback that leads to its smbd. */
  readonly smbPort: number;
  /** What its agent sent to the guest's SSH port so far. */
  sentBySsh(): Buffer;
  console(): Promise<string>;
}

/** Builds the controller and freezes it. */
export async function freezeMinimalController(): Promise<FrozenLab> {
  await using scope = new AsyncDisposableStack();
  const folder = scope.use(await makeTempFolder()).path;
  const booted = await buildMinimalController(folder);
  const qemu = await writeQemu(folder);
  const frozen = { folder: join(folder, "out"), ram: join(folder, "ram") };
  const top = join(folder, "top");
  await mkdir(top);
  const config = controllerStageSchema.parse({
    version: 1,
    stage: "controller",
    name: "test",
    accelerator: "tcg",
    tools: { qemu, qemuImg: tool("qemu-img"), vdeSwitch: tool("vde_switch"), fallocate: tool("fallocate") },
    outputs: { out: frozen.folder, ram: frozen.ram },
    controller: booted,
  });
  await freezeController(config, contextIn(top));
  const keys = await makeKeyPair("guest");
  const owned = scope.move();
  const parts: ReviveParts = { qemu, top, controller: { ...booted, frozen }, privateKey: keys.privateKey };
  return {
    hostKey: keys.publicKey,
    revive: (options = {}) => revive(parts, options),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

interface ReviveParts {
  readonly qemu: string;
  readonly top: string;
  readonly controller: ControllerConfig;
  readonly privateKey: string;
}

async function revive(
  parts: ReviveParts,
  { sameGeneration = false, clock = "2026-03-04T05:06:07" }: ReviveOptions,
): Promise<Revived> {
  await using scope = new AsyncDisposableStack();
  const workspace = scope.use(await openWorkspace(parts.top));
  const ssh = scope.use(await startSshServer(workspace.file("ssh"), parts.privateKey));
  const smbPort = await freePort();
  const switchSocket = workspace.path("switchSocket");
  await writeFile(
    `${switchSocket}.network`,
    "net=192.168.0.0/24,host=192.168.0.3,dns=192.168.0.4,restrict=on," +
      `hostfwd=tcp:127.0.0.1:${smbPort}-192.168.0.2:445,guestfwd=tcp:192.168.0.1:22-unix:${workspace.file("ssh")}\n`,
  );
  if (sameGeneration) await writeFile(`${switchSocket}.same-generation`, "");
  const vitals = createVitals();
  const xchg = workspace.path("xchg");
  const controller = scope.use(
    await startController({
      qemu: parts.qemu,
      controller: parts.controller,
      accelerator: "tcg",
      rtcBase: clock,
      switchSocket,
      xchg,
      workspace,
      vitals,
      timeline: createRecorder(() => performance.now()),
    }),
  );
  const owned = scope.move();
  return {
    controller,
    vitals,
    xchg,
    smbPort,
    sentBySsh: ssh.received,
    console: () => readFile(join(workspace.path("evidence"), "controller.log"), "utf8"),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** A guest's SSH port, which refuses every login and keeps what it was sent. */
async function startSshServer(
  socketPath: string,
  privateKey: string,
): Promise<AsyncDisposable & { readonly received: () => Buffer }> {
  const chunks: Buffer[] = [];
  const ssh = new ssh2.Server({ hostKeys: [privateKey] }, (connection) => {
    connection.on("error", () => undefined);
    connection.on("authentication", (attempt) => attempt.reject(["password"]));
  });
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    ssh.injectSocket(socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(socketPath, resolve);
  });
  return {
    received: () => Buffer.concat(chunks),
    [Symbol.asyncDispose]: async () => {
      server.close();
    },
  };
}

/**
 * QEMU, with two words changed: a revived one has the test in the place of its switch, and its generation is the frozen one's
 * where the test says so.
 */
async function writeQemu(folder: string): Promise<string> {
  const file = join(folder, "qemu");
  const generation = "12345678-1234-1234-1234-123456789abc";
  await writeFile(
    file,
    `#!/bin/sh
revived=
for word; do [ "$word" != -incoming ] || revived=1; done
for word; do
  shift
  case $word in
  vde,id=net0,sock=*)
    socket=\${word#*sock=}
    [ -z "$revived" ] || word=user,id=net0,$(cat "$socket.network")
    ;;
  vmgenid,guid=auto)
    if [ -z "$revived" ] || [ -e "$socket.same-generation" ]; then word=vmgenid,guid=${generation}; fi
    ;;
  esac
  set -- "$@" "$word"
done
exec '${tool("qemu-system-x86_64")}' "$@"
`,
    { mode: 0o755 },
  );
  return file;
}

function contextIn(top: string): StageContext {
  return {
    log: createLog({ write: (line) => process.stderr.write(`${line}\n`), heartbeatMs: null }),
    vitals: createVitals(),
    host: realHost,
    top,
    ended: () => false,
    flags: [],
    cwd: top,
    console: createScriptedConsole().console,
    output: () => undefined,
  };
}

function tool(name: string): string {
  const file = findProgram(name);
  assert.ok(file !== undefined, `${name} is not on PATH`);
  return file;
}
