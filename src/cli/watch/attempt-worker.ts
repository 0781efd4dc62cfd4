import module from "node:module";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import type { AttemptMessage, AttemptWorkerData } from "./attempt-threads.ts";
import type { AttemptRequest } from "./attempt.ts";

// The thread of one attempt. Without the cache it would compile all of casement each time.
// oxlint-disable-next-line typescript/no-unsafe-assignment -- startThread gives it
const { cache }: AttemptWorkerData = workerData;
if (cache !== undefined) module.enableCompileCache(cache);
const { attempt } = await import("./attempt.ts");
const rehearsal = { spec: join(import.meta.dirname, "rehearsal.ts"), outDir: "/dev/null", generator: "0" };
await attempt(rehearsal, () => undefined);

const tell = (message: AttemptMessage): void => parentPort?.postMessage(message, []);
parentPort?.once("message", (request: AttemptRequest) => void perform(request));

async function perform(request: AttemptRequest): Promise<void> {
  tell({ result: await attempt(request, (file) => tell({ input: file })) });
}
