import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { ToolError } from "../errors.ts";

export interface DownloadOptions {
  /** Bytes that the file has, where known: then what an earlier call left is gone on with, and the caller checks the hash. */
  readonly size?: number;
  /** Called as bytes arrive; the total is undefined where the server does not say it. */
  readonly onProgress?: (receivedBytes: number, totalBytes: number | undefined) => void;
  /** How long a server may send nothing. */
  readonly idleMs?: number;
  /** Pause before the second try; doubles with each. */
  readonly pauseMs?: number;
}

/**
 * Downloads a file over http or https; false when the server says that there is none. A connection that breaks or falls
 * silent is taken up where it ended, four times in all. What came so far is kept beside the file as FILE.part. Throws
 * ToolError with the address and the last reason.
 */
export async function downloadFile(
  url: string,
  file: string,
  options: DownloadOptions = {},
): Promise<boolean> {
  await mkdir(dirname(file), { recursive: true });
  const part = `${file}.part`;
  if (options.size === undefined) await rm(part, { force: true });
  let last = "";
  let validator: string | undefined;
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (attempt > 0) await pause((options.pauseMs ?? 500) * 2 ** (attempt - 1));
    const result = await tryOnce(url, part, validator, options);
    if (result.kind === "absent") return false;
    if (result.kind === "done") {
      await rename(part, file);
      return true;
    }
    last = result.reason;
    validator = result.validator ?? validator;
    if (result.kind === "refused") break;
  }
  throw new ToolError(`${url}: could not be downloaded: ${last}`, {
    hint: "Check the address and the connection, and run it again; what arrived is kept. Or fetch the file yourself and name it as a file.",
  });
}

const attempts = 4;

type Result = { readonly kind: "done" } | { readonly kind: "absent" } | Failure;

interface Failure {
  /** `refused` stays so, however often one asks. */
  readonly kind: "broken" | "refused";
  readonly reason: string;
  readonly validator?: string | undefined;
}

async function tryOnce(
  url: string,
  part: string,
  validator: string | undefined,
  options: DownloadOptions,
): Promise<Result> {
  // Without a hash or a validator nobody knows whether the rest belongs to the start.
  const canResume = options.size !== undefined || validator !== undefined;
  const have = canResume ? await sizeOf(part) : 0;
  using watch = watchIdle(options.idleMs ?? 30_000);
  let known = validator;
  try {
    const response = await fetch(url, { headers: headersFor(have, validator), signal: watch.signal });
    watch.touch();
    const refusal = await judge(response, have, part);
    if (refusal !== undefined) return refusal;
    known = strong(response.headers.get("etag") ?? response.headers.get("last-modified") ?? undefined);
    const start = response.status === 206 ? have : 0;
    const total = totalOf(response, start);
    const received = await receive(response, part, start, (bytes) => {
      watch.touch();
      options.onProgress?.(bytes, total);
    });
    if (total === undefined || received >= total) return { kind: "done" };
    return {
      kind: "broken",
      reason: `the connection ended after ${received} of ${total} bytes`,
      validator: known,
    };
  } catch (error) {
    const reason = watch.signal.aborted ? `nothing came for ${watch.idleMs / 1000} s` : reasonOf(error);
    return { kind: "broken", reason, validator: known };
  }
}

function headersFor(have: number, validator: string | undefined): Record<string, string> {
  return {
    "Accept-Encoding": "identity",
    ...(have === 0 ? {} : { Range: `bytes=${have}-` }),
    ...(have === 0 || validator === undefined ? {} : { "If-Range": validator }),
  };
}

/** What the status says, where that is not "here it comes". */
async function judge(response: Response, have: number, part: string): Promise<Result | undefined> {
  const { status } = response;
  const startsWhereItEnded = response.headers.get("content-range")?.startsWith(`bytes ${have}-`) === true;
  if (status === 200 || (status === 206 && startsWhereItEnded)) return undefined;
  await response.body?.cancel();
  if (status === 404 || status === 410) return { kind: "absent" };
  if (status === 416 || status === 206) {
    await rm(part, { force: true });
    return { kind: "broken", reason: "the server does not go on where the connection ended" };
  }
  const kind = status >= 500 || status === 429 ? "broken" : "refused";
  return { kind, reason: `the server answered ${status} ${response.statusText}`.trimEnd() };
}

/** Writes what arrives behind what is there, and returns how many bytes the file has then. */
async function receive(
  response: Response,
  part: string,
  start: number,
  onBytes: (received: number) => void,
): Promise<number> {
  await using out = await open(part, start > 0 ? "a" : "w");
  const body: ReadableStream<Uint8Array> | null = response.body;
  const reader = body?.getReader();
  let received = start;
  if (reader === undefined) return received;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    await out.writeFile(value);
    received += value.length;
    onBytes(received);
  }
  return received;
}

function totalOf(response: Response, start: number): number | undefined {
  const length = response.headers.get("content-length");
  return length === null ? undefined : start + Number(length);
}

// If-Range takes no weak validator (RFC 9110, section 13.1.5).
function strong(validator: string | undefined): string | undefined {
  return validator?.startsWith("W/") === true ? undefined : validator;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && cause.message !== "" ? cause.message : error.message;
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch {
    return 0;
  }
}

interface IdleWatch extends Disposable {
  readonly idleMs: number;
  readonly signal: AbortSignal;
  readonly touch: () => void;
}

function watchIdle(idleMs: number): IdleWatch {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), idleMs);
  return {
    idleMs,
    signal: controller.signal,
    touch: () => timer.refresh(),
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}

async function pause(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
