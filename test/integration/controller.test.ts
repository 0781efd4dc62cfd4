import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { dirname, join, resolve } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { splitLines } from "../../src/agent/lines.ts";
import { renderController } from "../../src/artifacts/controller.ts";
import { type AgentEvent, encodeMessage, eventSchema } from "../../src/contract/messages.ts";
import { spawn } from "../../src/process/spawn.ts";
import { buildControllerCommand } from "../../src/runtime/qemu/controller-command.ts";
import { bundle } from "../../tools/bundle.ts";
import { findProgram, skipWithout } from "../support/external-tools.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const root = resolve(import.meta.dirname, "../..");
const hostTools = join(root, ".tools/host-tools");
const run = promisify(execFile);

test("the minimal controller boots, serves its shares, answers a request and powers off", {
  skip: skipWithout(["nix", "qemu-system-x86_64", "smbd"]),
  timeout: 180_000,
}, async () => {
  await using temp = await makeTempFolder();
  const controller = await buildController(temp.path);
  await mkdir(join(temp.path, "xchg"));
  const connection = new Promise<Socket>((connected) => {
    createServer(connected).listen(join(temp.path, "agent")).unref();
  });
  createServer(() => undefined)
    .listen(join(temp.path, "qmp"))
    .unref();
  const command = buildControllerCommand({
    qemu: findProgram("qemu-system-x86_64") ?? "",
    controller: {
      mac: "52:54:00:12:34:02",
      memoryMiB: 512,
      machineType: "pc-i440fx-10.0",
      kernel: join(controller.path, "vmlinux"),
      initrd: join(controller.path, "initrd"),
      append: controller.append,
      exports: [
        { tag: "store", path: "/nix/store" },
        { tag: "usr", path: "/usr" },
      ],
    },
    accelerator: "tcg",
    rtcBase: "2026-01-01T00:00:00",
    switchSocket: "",
    xchg: join(temp.path, "xchg"),
    qmp: join(temp.path, "qmp"),
    agent: join(temp.path, "agent"),
    console: join(temp.path, "console"),
  });
  // A network without anybody else: the switch has tests of its own.
  const args = command.args.map((word) =>
    word.startsWith("vde,id=net0") ? "hubport,id=net0,hubid=0" : word,
  );
  const readConsole = (): Promise<string> => readFile(join(temp.path, "console"), "utf8").catch(() => "");
  await using qemu = await spawn({ file: command.file, args });
  qemu.stdout.resume();
  const socket = await Promise.race([
    connection,
    qemu.exited.then(({ how }) => Promise.reject(new Error(`QEMU ${how}: ${qemu.lastStderr()}`))),
  ]);
  const events: AgentEvent[] = [];
  for await (const line of splitLines(socket)) {
    const event = eventSchema.parse(JSON.parse(line));
    events.push(event);
    if (event.type === "ready") {
      const request = {
        id: 1,
        type: "wait-for-ssh",
        address: "192.168.0.1",
        port: 22,
        timeoutMs: 500,
      } as const;
      socket.write(encodeMessage(request));
    }
    if (event.type === "failed") socket.write(encodeMessage({ id: 2, type: "power-off" }));
  }
  assert.deepEqual(
    events.map(({ type }) => type),
    ["hello", "ready", "failed", "done"],
    await readConsole(),
  );
  const failed = events[2];
  assert.ok(failed?.type === "failed" && failed.step === "connect", JSON.stringify(failed));
  const exit = await qemu.exited;
  assert.equal(exit.exitCode, 0, `QEMU ${exit.how}`);
  assert.match(await readConsole(), /agent ended with 0/);
});

/** Builds the controller with the package set of this machine and this clone's agent. */
async function buildController(folder: string): Promise<{ path: string; append: string }> {
  const agent = join(folder, "agent-bundle/share/casement/agent.mjs");
  await mkdir(dirname(agent), { recursive: true });
  await writeFile(agent, await bundle("src/agent/main.ts", root));
  const settings = {
    access: { user: "builder", password: "secret" },
    smbProtocol: "SMB3_00",
  } as const;
  for (const { path, content } of renderController(settings)) {
    await mkdir(dirname(join(folder, "generated", path)), { recursive: true });
    await writeFile(join(folder, "generated", path), content);
  }
  await writeFile(
    join(folder, "controller.nix"),
    `let
  toolPkgs = import ${hostTools} { };
  controller = import ${root}/nix/controller/minimal.nix {
    inherit toolPkgs;
    dir = ${folder}/generated;
    agent = builtins.path { path = ${folder}/agent-bundle; name = "casement-agent"; };
  };
in
{ inherit controller; }
`,
  );
  const nix = findProgram("nix") ?? "nix";
  const file = join(folder, "controller.nix");
  const options = ["--impure", "--offline", "--file", file];
  const link = join(folder, "built");
  await run(nix, ["build", ...options, "controller", "--out-link", link]);
  const { stdout } = await run(nix, ["eval", "--raw", ...options, "controller.append"]);
  const { stdout: path } = await run("readlink", [link]);
  return { path: path.trim(), append: stdout };
}
