// The agent, and beside it a hand that runs the bench's scripts in the controller: in the place of the agent in a controller that is
// measured. An order is a file in the exchange folder, because the agent's port speaks of nothing but the guest.
import { spawn } from "node:child_process";
import { access, readFile, rename, rm, writeFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { type Answer, answerFile, orderFile } from "./orders.ts";

const folder = "/run/xchg";
/** Seldom enough to cost nothing beside what the guest is measured at. */
const lookMs = 1000;

async function obey(): Promise<never> {
  for (;;) {
    if (await exists(`${folder}/${orderFile}`)) {
      const answer = await runScript(await readFile(`${folder}/${orderFile}`, "utf8"));
      await rm(`${folder}/${orderFile}`);
      await writeFile(`${folder}/${answerFile}.new`, JSON.stringify(answer));
      await rename(`${folder}/${answerFile}.new`, `${folder}/${answerFile}`);
    }
    await pause(lookMs);
  }
}

async function runScript(script: string): Promise<Answer> {
  const started = performance.now();
  const child = spawn("/casement/busybox", ["sh", "-c", script], { stdio: ["ignore", "pipe", "pipe"] });
  const said = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (said.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said.stderr += chunk.toString()));
  const code = await new Promise<number>((resolve) => child.once("close", (status) => resolve(status ?? -1)));
  return { code, ms: performance.now() - started, ...said };
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

void obey();
await import("../../../src/agent/main.ts");
