import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  agentVersion,
  type Agent,
  type AgentEnd,
  type AgentRequest,
  type AgentSurroundings,
  type AgentTalk,
} from "../../src/contract/agent.ts";
import type { AgentAnswer, Scenario } from "./scenario.ts";

/** Writes a file that is loaded as an agent is, whose agent behaves as the folder's scenario says. */
export function writeFakeAgent(folder: string): string {
  const file = join(folder, "agent.mjs");
  writeFileSync(
    file,
    `import { createFakeAgent } from ${JSON.stringify(import.meta.url)};
export const agentVersion = ${agentVersion};
export const createAgent = (surroundings) => createFakeAgent(${JSON.stringify(folder)}, surroundings);
`,
  );
  return file;
}

/** An agent without a guest. It notes its requests, and what is typed at them, in the folder's files `requests` and `inputs`. */
export function createFakeAgent(folder: string, surroundings: AgentSurroundings): Agent {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a test of ours has written it
  const scenario = JSON.parse(readFileSync(join(folder, "scenario.json"), "utf8")) as Scenario;
  const agent = scenario.agent ?? {};
  return {
    async request(request, talk) {
      note(folder, "requests", request);
      listen(folder, talk);
      // As with a real one: such a session needs its drives.
      if (request.type === "execute" || request.type === "check-session") await surroundings.shares;
      if (request.type === "power")
        tellGuest(folder, agent.power?.[request.action] ?? usualEvents[request.action]);
      const usual: AgentAnswer = { type: "done", exitCode: request.type === "execute" ? 0 : null };
      const answers = agent.answers?.[request.type] ?? [usual];
      const parts = { folder, surroundings, talk, result: agent.result ?? {} };
      return play(request.type === "execute" ? packing(answers) : answers, parts);
    },
  };
}

const usualEvents = { restart: ["RESET"], "shut-down": ["SHUTDOWN"] } as const;

interface Parts {
  readonly folder: string;
  readonly surroundings: AgentSurroundings;
  readonly talk: AgentTalk;
  readonly result: Readonly<Record<string, string>>;
}

function play(answers: readonly AgentAnswer[], parts: Parts): Promise<AgentEnd> {
  return new Promise((resolve, reject) => {
    const playAll = async (): Promise<void> => {
      for (const answer of answers) {
        if ("never" in answer) return;
        if ("type" in answer && (answer.type === "done" || answer.type === "failed")) resolve(answer);
        else await playOne(answer, parts);
      }
    };
    playAll().catch(reject);
  });
}

async function playOne(
  answer: Exclude<AgentAnswer, AgentEnd | { never: true }>,
  parts: Parts,
): Promise<void> {
  const { folder, surroundings, talk, result } = parts;
  // A test that has ended does not wait for it.
  if ("waitMs" in answer) await sleep(answer.waitMs, undefined, { ref: false });
  else if ("writes" in answer) writeFileSync(join(surroundings.xchg, answer.writes), "0\n");
  else if ("packs" in answer) pack(folder, surroundings.xchg, result);
  else if ("guest" in answer) tellGuest(folder, [answer.guest]);
  else if ("asks" in answer) await talk.output("stdout", Buffer.from(await ask(answer.asks, surroundings)));
  else if (answer.type === "step") talk.step(answer.name);
  else await talk.output(answer.stream, Buffer.from(answer.text));
}

/** With what a session packs before it ends, where the test does not say when. */
function packing(answers: readonly AgentAnswer[]): readonly AgentAnswer[] {
  if (answers.some((each) => "packs" in each)) return answers;
  return answers.flatMap((each): AgentAnswer[] =>
    "type" in each && each.type === "done" ? [{ packs: true }, each] : [each],
  );
}

function pack(folder: string, xchg: string, files: Readonly<Record<string, string>>): void {
  const packed = mkdtempSync(join(folder, "outputs-"));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(packed, name)), { recursive: true });
    writeFileSync(join(packed, name), content);
  }
  execFileSync("tar", ["-cf", join(xchg, "outputs.tar"), "-C", packed, "."]);
}

async function ask(what: "connection" | "connections", surroundings: AgentSurroundings): Promise<string> {
  if (what === "connections") return surroundings.connections();
  const connection = await surroundings.connect(new AbortController().signal);
  const words = await new Promise<Buffer>((resolve) => connection.once("data", resolve));
  connection.destroy();
  await once(connection, "close");
  return words.toString();
}

/** Tells the guest's fake QEMU, which is another process, what to say. */
function tellGuest(folder: string, events: readonly string[]): void {
  appendFileSync(join(folder, "power"), events.map((event) => `${event}\n`).join(""));
}

/** What was typed at a request. */
export type FakeInput =
  | { readonly typed: string }
  | { readonly columns: number; readonly rows: number }
  | { readonly ended: true };

function listen(folder: string, { typed }: AgentTalk): void {
  const hear = (input: FakeInput): void => note(folder, "inputs", input);
  typed.bytes.on("data", (bytes: Buffer) => hear({ typed: bytes.toString() }));
  typed.bytes.on("end", () => hear({ ended: true }));
  typed.onWindow((columns, rows) => hear({ columns, rows }));
}

function note(folder: string, file: "requests" | "inputs", what: AgentRequest | FakeInput): void {
  appendFileSync(join(folder, file), `${JSON.stringify(what)}\n`);
}
