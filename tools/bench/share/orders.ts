import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { waitFor } from "../../../src/runtime/vitals.ts";
import type { Lab } from "../machines.ts";

/**
 * Runs a script in the controller by the bench's hand in it (obey.sh), and gives what it wrote to stdout. A nonzero exit is an Error with
 * what it wrote to stderr.
 */
export async function order(
  lab: Pick<Lab, "workspace" | "vitals">,
  script: string,
  timeoutMs = 900_000,
): Promise<string> {
  const file = (part: string): string => join(lab.workspace.path("xchg"), `bench-order.${part}`);
  await writeFile(file("new"), script);
  await rename(file("new"), file("sh"));
  const code = await waitFor(lab.vitals, "bench", {
    what: "the controller to run a script of the bench",
    timeoutMs,
    intervalMs: 50,
    probe: () => readFile(file("code"), "utf8").catch(() => undefined),
  });
  await rm(file("code"));
  if (code.trim() === "0") return readFile(file("stdout"), "utf8");
  const reason = (await readFile(file("stderr"), "utf8")).trim();
  throw new Error(`the bench's script in the controller ended with ${code.trim()}: ${reason}`);
}
