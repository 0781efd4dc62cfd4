// A program that is called like QEMU and talks like QEMU, and has no machine inside.
// usage: node qemu.ts SCENARIO.json QEMU-ARGUMENTS…
import { randomBytes } from "node:crypto";
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { GuestStep, Scenario } from "./scenario.ts";

const [scenarioFile = "", ...args] = process.argv.slice(2);
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a test of ours has written it
const scenario = JSON.parse(readFileSync(scenarioFile, "utf8")) as Scenario;
const isController = args.some((word) => word.startsWith("virtserialport"));
appendFileSync(join(dirname(scenarioFile), "pids"), `${process.pid}\n`);
appendFileSync(join(dirname(scenarioFile), "calls"), `${JSON.stringify(args)}\n`);

const { migrateError } = (isController ? scenario.controller : scenario.guest) ?? {};
const exitAtOnce = isController ? scenario.controller?.exitAtOnce : scenario.guest?.exitAtOnce;
if (exitAtOnce !== undefined) {
  process.stderr.write(`${exitAtOnce.stderr}\n`);
  process.exit(exitAtOnce.code);
}

/** A command as far as it is needed here; no zod, because a fake is started often and has to start fast. */
interface Message {
  readonly id: number;
  readonly execute: string;
  readonly arguments?: Readonly<Record<string, unknown>>;
}

/** What the fake agent has the guest say, one QMP event a line. */
const powerFile = join(dirname(scenarioFile), "power");

let status = args.includes("-incoming") ? "inmigrate" : "running";
let migration = "none";
let written = 0;
const qmp = connect(socketPath("qmp"));
qmp.on("close", () => process.exit(0));
send(qmp, { QMP: { version: {}, capabilities: [] } });
createInterface({ input: qmp }).on("line", (line) => {
  const { execute, arguments: given = {}, id } = parse(line);
  if (!isController) appendFileSync(join(dirname(scenarioFile), "qmp"), `${execute}\n`);
  const answer = qmpAnswer(execute, given);
  const delayMs = execute === "screendump" ? scenario.guest?.screendumpMs : undefined;
  if (delayMs === undefined) send(qmp, { ...answer, id });
  else setTimeout(() => send(qmp, { ...answer, id }), delayMs);
  if (execute === "quit") qmp.end(() => process.exit(0));
});

if (isController) playController();
else await playGuest();

function qmpAnswer(command: string, given: Readonly<Record<string, unknown>>): object {
  switch (command) {
    case "stop":
      status = "paused";
      return { return: {} };
    case "cont":
      status = "running";
      return { return: {} };
    case "query-status":
      return { return: { status } };
    case "migrate":
      writeFileSync(filePath(String(given["uri"])), "device state");
      migration = migrateError === undefined ? "completed" : "failed";
      return { return: {} };
    case "query-migrate":
      return { return: { status: migration, "error-desc": migrateError } };
    case "migrate-incoming":
      return loadState();
    case "query-blockstats":
      return { return: [{ device: "disk0", stats: { rd_bytes: 0, wr_bytes: written } }] };
    case "query-cpus-fast":
      return { return: [{ "thread-id": process.pid }] };
    case "qom-get":
      return {
        return: { tm_year: 126, tm_mon: 0, tm_mday: 1, tm_hour: 0, tm_min: 1, tm_sec: 0 },
      };
    case "screendump":
      writeFileSync(String(given["filename"]), "PNG");
      return { return: {} };
    case "qmp_capabilities":
    case "migrate-set-capabilities":
    case "send-key":
    case "quit":
      return { return: {} };
    default:
      return { error: { class: "CommandNotFound", desc: `The command ${command} has not been found` } };
  }
}

function loadState(): object {
  const error = isController ? undefined : scenario.guest?.loadError;
  if (error !== undefined) {
    process.stderr.write(`${error}\n`);
    process.exit(1);
  }
  status = "paused";
  return { return: {} };
}

async function playGuest(): Promise<void> {
  const port = connect(socketPath("com1"));
  // As the vCPU thread that the runtime measures is this process's first thread, the burning happens there.
  if (scenario.guest?.busy === true) {
    setInterval(() => {
      const end = performance.now() + 80;
      while (performance.now() < end);
    }, 100);
  }
  watchPower();
  for (const step of scenario.guest?.script ?? []) await play(step, port);
}

async function play(step: GuestStep, port: Socket): Promise<void> {
  if ("waitMs" in step) await sleep(step.waitMs);
  else if ("say" in step) port.write(step.say);
  else if ("write" in step) written += step.write;
  else if ("exit" in step) process.exit(step.exit);
  else if ("signal" in step) process.kill(process.pid, step.signal);
  else sayEvent(step.event, step.data ?? {});
}

function playController(): void {
  const { silent, noise, sameRandom, banner } = scenario.controller ?? {};
  const words = connect(socketPath("words"));
  const ssh = connect(socketPath("ssh"));
  if (silent === true) return;
  const say = (...lines: readonly string[]): void =>
    void words.write(lines.map((line) => `${line}\n`).join(""));
  const greet = (): void => void (banner === undefined || ssh.write(`${banner}\n`));
  const start = (): void => say("running", ...(noise === undefined ? [] : [noise]), "ready");
  // As the minimal controller does it: one whose memory is a file falls asleep with its first connection begun, and one that is revived waits for a word.
  if (!args.some((word) => word.startsWith("memory-backend-file"))) start();
  else if (!args.includes("-incoming")) say("asleep");
  createInterface({ input: words }).on("line", (line) => {
    if (line.startsWith("wake ")) {
      appendFileSync(join(dirname(scenarioFile), "wakes"), `${line}\n`);
      start();
      greet();
    } else if (line === "connections") {
      const row = "0: 0200A8C0:9000 0100A8C0:0016 01";
      say(`tcp   sl  local_address rem_address   st;   ${row};`);
    } else if (line === "random")
      say(`random ${sameRandom === true ? "5a".repeat(32) : randomBytes(32).toString("hex")}`);
    else if (line === "disconnect") say("closed 143 Terminated");
    else say(`unknown ${line}`);
  });
  createInterface({ input: ssh }).on("line", (line) => {
    if (line === "connect") greet();
    if (line === "end") ssh.write("\n\0casement: this was the last byte\n");
  });
}

function sayEvent(event: string, data: object): void {
  const timestamp = { seconds: Math.floor(Date.now() / 1000), microseconds: (Date.now() % 1000) * 1000 };
  send(qmp, { event, data, timestamp });
}

function watchPower(): void {
  let told = 0;
  setInterval(() => {
    // Whole lines only: it may be seen between its making and what is written to it.
    const lines = existsSync(powerFile) ? readFileSync(powerFile, "utf8").split("\n").slice(0, -1) : [];
    for (const event of lines.slice(told)) sayEvent(event, { guest: true });
    told = lines.length;
  }, 20).unref();
}

function send(socket: Socket, message: object): void {
  socket.write(`${JSON.stringify(message)}\r\n`);
}

/** Path of `-chardev socket,id=ID,path=…,server=off`. */
function socketPath(id: string): string {
  const found = args.find((word) => word.startsWith(`socket,id=${id},`));
  return /path=([^,]+)/.exec(found ?? "")?.[1] ?? "";
}

function filePath(uri: string): string {
  return uri.replace(/^file:/, "");
}

function parse(line: string): Message {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return JSON.parse(line) as Message;
}
