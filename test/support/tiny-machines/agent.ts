import { execFile } from "node:child_process";
import { chmod, copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import type {
  Agent,
  AgentEnd,
  AgentRequest,
  AgentSurroundings,
  AgentTalk,
} from "../../../src/contract/agent.ts";

export { agentVersion } from "../../../src/contract/agent.ts";

/** An agent for the tiny guest, which has no sshd behind its banner but a program that answers words. */
export function createAgent(surroundings: AgentSurroundings): Agent {
  return { request: (request, talk) => answer(request, surroundings, talk) };
}

async function answer(
  request: AgentRequest,
  surroundings: AgentSurroundings,
  talk: AgentTalk,
): Promise<AgentEnd> {
  if (request.type === "wait-for-ssh") await untilSaid(surroundings, "", /SSH-2\.0/);
  if (request.type === "zero-free-memory") {
    const said = await untilSaid(surroundings, "zero", /\n\d+\n$/);
    return { type: "done", exitCode: null, text: said.trim().split("\n").at(-1) ?? "" };
  }
  if (request.type !== "execute") return { type: "done", exitCode: null };
  await surroundings.shares;
  const report = await untilSaid(surroundings, "report", /\nend\n$/);
  await pack(surroundings.xchg, report);
  await talk.output("stdout", Buffer.from(report));
  return { type: "done", exitCode: 0 };
}

/** Asks until the answer is whole: a guest that boots refuses, or has not made all that it tells of. */
async function untilSaid(ways: AgentSurroundings, word: string, whole: RegExp): Promise<string> {
  for (;;) {
    const said = await ask(ways, word).catch(() => "");
    if (whole.test(said)) return said;
    await delay(100);
  }
}

async function ask({ connect }: AgentSurroundings, word: string): Promise<string> {
  const connection = await connect(AbortSignal.timeout(60_000));
  connection.write(`${word}\n`);
  let said = "";
  for await (const chunk of connection) said += String(chunk);
  return said;
}

async function pack(xchg: string, report: string): Promise<void> {
  const outputs = await mkdtemp(join(xchg, "outputs-"));
  const out = join(outputs, "out");
  await mkdir(out);
  await writeFile(join(out, "report"), report);
  await copyFile(join(xchg, "run/script.sh"), join(out, "script"));
  await chmod(join(out, "script"), 0o755);
  await symlink("report", join(out, "link"));
  await promisify(execFile)("tar", ["-cf", join(xchg, "outputs.tar"), "-C", outputs, "."]);
  await rm(outputs, { recursive: true });
}
