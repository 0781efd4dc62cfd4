import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { waitFor } from "../../../src/runtime/vitals.ts";
import type { Lab } from "../machines.ts";

/** In the exchange folder: a script for the controller's shell, and what came of it. */
export const orderFile = "bench-order.sh";
export const answerFile = "bench-answer.json";

const answerSchema = z.strictObject({
  code: z.int(),
  /** By the controller's own clock, its shell's start included. */
  ms: z.number(),
  stdout: z.string(),
  stderr: z.string(),
});
export type Answer = z.infer<typeof answerSchema>;

/** Runs a script in the controller by the bench's hand in its agent; a nonzero exit is an Error with what the script said. */
export async function order(lab: Lab, script: string, timeoutMs = 900_000): Promise<Answer> {
  const folder = lab.workspace.path("xchg");
  const [file, answer] = [join(folder, orderFile), join(folder, answerFile)];
  await writeFile(`${file}.new`, script);
  await rename(`${file}.new`, file);
  const done = await waitFor(lab.vitals, "bench", {
    what: "the controller to run a script of the bench",
    timeoutMs,
    intervalMs: 50,
    probe: async () => {
      const text = await readFile(answer, "utf8").catch(() => undefined);
      return text === undefined ? undefined : answerSchema.parse(JSON.parse(text));
    },
  });
  await rm(answer);
  if (done.code !== 0)
    throw new Error(`the bench's script in the controller ended with ${done.code}: ${done.stderr.trim()}`);
  return done;
}
