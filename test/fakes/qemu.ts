// A program that is called like QEMU and talks like QEMU, and has no machine inside.
// usage: node qemu.ts SCENARIO.json QEMU-ARGUMENTS…
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { AgentAnswer, GuestStep, Scenario } from "./scenario.ts";

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

/** A message as far as it is needed here; no zod, because a fake is started often and has to start fast. */
interface Message {
  readonly id: number;
  readonly execute: string;
  readonly arguments?: Readonly<Record<string, unknown>>;
  readonly type: string;
  readonly action: "restart" | "shut-down";
}

/** What the controller's fake was asked to make of the guest's power, one QMP event a line. */
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

if (isController) playAgent();
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

function playAgent(): void {
  const port = connect(socketPath("agent"));
  const controller = scenario.controller ?? {};
  if (controller.silent === true) return;
  const start = (): void => {
    send(port, { type: "hello", version: 1 });
    if (controller.noise !== undefined) port.write(`${controller.noise}\n`);
    send(port, { type: "ready" });
  };
  // As the minimal controller does it: one whose memory is a file falls asleep, and one that is revived waits for a word.
  if (!args.some((word) => word.startsWith("memory-backend-file"))) start();
  else if (!args.includes("-incoming")) send(port, { type: "asleep" });
  createInterface({ input: port }).on("line", (line) => {
    if (line.startsWith("wake ")) {
      appendFileSync(join(dirname(scenarioFile), "wakes"), `${line}\n`);
      return start();
    }
    const request = parse(line);
    const isInput = ["input", "end-of-input", "window"].includes(request.type);
    appendFileSync(join(dirname(scenarioFile), isInput ? "inputs" : "requests"), `${line}\n`);
    if (isInput) return;
    const usual: AgentAnswer =
      request.type === "draw-randomness"
        ? { type: "done", exitCode: null, text: JSON.stringify(draw(controller.sameBytes ?? [])) }
        : { type: "done", exitCode: request.type === "execute" ? 0 : null };
    const answers = controller.answers?.[request.type] ?? [usual];
    if (request.type === "power") writePower(request.action, controller.power ?? {});
    void answer(port, request.id, request.type === "execute" ? packing(answers) : answers);
  });
}

/** With what a session packs before it ends, where the test does not say when. */
function packing(answers: readonly AgentAnswer[]): readonly AgentAnswer[] {
  if (answers.some((each) => "packs" in each)) return answers;
  return answers.flatMap((each): AgentAnswer[] =>
    "type" in each && each.type === "done" ? [{ packs: true }, each] : [each],
  );
}

/** Names of the agent's generators, and what they give. */
function draw(same: readonly string[]): Readonly<Record<string, string>> {
  const names = ["kernel", "bytes", "keys", "thread"];
  return Object.fromEntries(
    names.map((name) => [name, same.includes(name) ? "5a".repeat(32) : randomBytes(32).toString("hex")]),
  );
}

function sayEvent(event: string, data: object): void {
  const timestamp = { seconds: Math.floor(Date.now() / 1000), microseconds: (Date.now() % 1000) * 1000 };
  send(qmp, { event, data, timestamp });
}

async function answer(port: Socket, id: number, answers: readonly AgentAnswer[]): Promise<void> {
  for (const event of answers) {
    if ("never" in event) return;
    if ("waitMs" in event) await sleep(event.waitMs);
    else if ("writes" in event) writeFileSync(join(xchgFolder(), event.writes), "0\n");
    else if ("packs" in event) writeResult(scenario.controller?.result ?? {});
    else if ("guest" in event) appendFileSync(powerFile, `${event.guest}\n`);
    else send(port, { ...event, id });
  }
}

/** Tells the guest's fake, which is another process, what to say. */
function writePower(
  action: "restart" | "shut-down",
  power: NonNullable<Scenario["controller"]>["power"],
): void {
  const events = power?.[action] ?? [action === "restart" ? "RESET" : "SHUTDOWN"];
  appendFileSync(powerFile, events.map((event) => `${event}\n`).join(""));
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

function writeResult(files: Readonly<Record<string, string>>): void {
  const xchg = xchgFolder();
  const folder = mkdtempSync(join(dirname(scenarioFile), "outputs-"));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  execFileSync("tar", ["-cf", join(xchg, "outputs.tar"), "-C", folder, "."]);
}

function xchgFolder(): string {
  const option = args.find((word) => word.startsWith("local,id=xchg,path="));
  return option?.split(",")[2]?.slice(5) ?? "";
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
