import module from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import type { AttemptMessage, AttemptWorkerData } from "./attempt-in-thread.ts";

// The thread of one attempt. Without the cache it would compile all of casement each time.
// oxlint-disable-next-line typescript/no-unsafe-assignment -- attemptInThread gives it
const { request, cache }: AttemptWorkerData = workerData;
if (cache !== undefined) module.enableCompileCache(cache);
const { attempt } = await import("./attempt.ts");

const tell = (message: AttemptMessage): void => parentPort?.postMessage(message, []);
const result = await attempt(request, (file) => tell({ input: file }));
tell({ result });
