import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type ControllerConfig, controllerStageSchema } from "../../../src/contract/stage-config.ts";
import { type Controller, startController } from "../../../src/runtime/controller/start.ts";
import type { StageContext } from "../../../src/runtime/context.ts";
import { realHost } from "../../../src/runtime/host.ts";
import { createLog } from "../../../src/runtime/log.ts";
import { freezeController } from "../../../src/runtime/stages/controller.ts";
import { createVitals, type Vitals } from "../../../src/runtime/vitals.ts";
import { openWorkspace } from "../../../src/runtime/workspace.ts";
import { createRecorder } from "../../../src/runtime/timeline/recorder.ts";
import { createScriptedConsole } from "../../runtime/scripted-console.ts";
import { findProgram } from "../../support/external-tools.ts";
import { freePort } from "../../support/free-port.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";
import { type GuestPort, refusing, startGuestPort } from "./guest-port.ts";
import { buildMinimalController } from "./minimal-controller.ts";

/** What a revived one has on its clock, ISO 8601 without zone. */
const wokenAt = "2026-03-04T05:06:07";

/** A minimal controller that was frozen by its stage, and can be revived beside a machine of the test's own. */
export interface FrozenLab extends AsyncDisposable {
  /** Its store path. */
  readonly controller: string;
  revive(options?: ReviveOptions): Promise<Revived>;
}

export interface ReviveOptions {
  /** It has the generation id of the freeze. */
  readonly sameGeneration?: boolean;
  /** The guest has nothing at its SSH port. */
  readonly refused?: boolean;
}

export interface Revived extends AsyncDisposable {
  readonly controller: Controller;
  readonly vitals: Vitals;
  /** The guest's SSH port. */
  readonly guest: GuestPort;
  /** Folder that is xchg. */
  readonly xchg: string;
  /** Port of the loopback that leads to its smbd. */
  readonly smbPort: number;
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
    quietSeconds: 1,
  });
  await freezeController(config, contextIn(top));
  const owned = scope.move();
  const parts: ReviveParts = { qemu, top, controller: { ...booted, frozen } };
  return {
    controller: dirname(booted.initrd),
    revive: (options = {}) => revive(parts, options),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

interface ReviveParts {
  readonly qemu: string;
  readonly top: string;
  readonly controller: ControllerConfig;
}

async function revive(
  parts: ReviveParts,
  { sameGeneration = false, refused = false }: ReviveOptions,
): Promise<Revived> {
  await using scope = new AsyncDisposableStack();
  const workspace = scope.use(await openWorkspace(parts.top));
  const guest = scope.use(await startGuestPort(workspace.folder));
  const smbPort = await freePort();
  const switchSocket = workspace.path("switchSocket");
  await writeFile(
    `${switchSocket}.network`,
    "net=192.168.0.0/24,host=192.168.0.3,dns=192.168.0.4,restrict=on," +
      `hostfwd=tcp:127.0.0.1:${smbPort}-192.168.0.2:445,${refused ? refusing : guest.forward}\n`,
  );
  if (sameGeneration) await writeFile(`${switchSocket}.same-generation`, "");
  const vitals = createVitals();
  const xchg = workspace.path("xchg");
  const controller = scope.use(
    await startController({
      qemu: parts.qemu,
      controller: parts.controller,
      accelerator: "tcg",
      rtcBase: wokenAt,
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
    guest,
    xchg,
    smbPort,
    console: () => readFile(join(workspace.path("evidence"), "controller.log"), "utf8"),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
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
