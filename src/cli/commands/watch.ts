import { dirname, extname, join } from "node:path";
import { generated } from "../../contract/filenames.ts";
import { type WriteReport, writeArtifacts } from "../../writer/write.ts";
import { hintAtGit } from "../hint-at-git.ts";
import type { Invocation } from "../invocation.ts";
import { findPlaces } from "../places.ts";
import { remark, reportLines, reportUpToDate, reportWritten, showPath } from "../report.ts";
import { describeError } from "../report-error.ts";
import { rememberUnchanged, stateOfInputs } from "../unchanged.ts";
import { type Attempt, type AttemptRequest, attempt } from "../watch/attempt.ts";
import { type AttemptThreads, openAttemptThreads } from "../watch/attempt-threads.ts";
import { batchChanges, type ChangeBatches } from "../watch/change-batches.ts";
import { showRewritten } from "../watch/show-rewritten.ts";
import { type FileWatch, watchFiles } from "../watch/watch-files.ts";
import type { WantedFolder } from "../wanted-folder.ts";

export interface WatchOptions {
  readonly spec: string | undefined;
  readonly out?: string;
  readonly force?: true;
}

/**
 * Generates, and again whenever the spec, a file that it names or imports, or Cygwin's lock changes, until a signal ends it;
 * that is its proper end, so it returns 0. Faults are told and do not end it.
 */
export async function watch(
  options: WatchOptions,
  invocation: Invocation,
  generator: string,
): Promise<number> {
  const places = findPlaces(options, invocation.cwd);
  const changes = batchChanges(signalled());
  using files = watchFiles((path) => changes.note(path));
  await using threads = extname(places.spec) === ".ts" ? openAttemptThreads() : undefined;
  const own = [places.spec, join(dirname(places.spec), generated.cygwinLock)];
  let inputs: readonly string[] = own;
  let told: readonly string[] = [];
  let isFirst = true;
  for (let batch: readonly string[] | undefined = []; batch !== undefined; batch = await changes.next()) {
    files.restart(inputs);
    const before = stateOfInputs(places.spec);
    const result = await attemptWatched({ ...places, generator }, { files, changes, threads });
    if (result === undefined) continue;
    const { wanted, fault } = result;
    // A spec that is refused may not have got as far as naming its files.
    inputs = [...new Set([...(wanted === undefined ? inputs : own), ...result.inputs])];
    if (wanted === undefined) remark(fault);
    else {
      wanted.remarks.filter((each) => !told.includes(each)).forEach(remark);
      told = wanted.remarks;
      const report = await writeWanted(wanted, places.outDir, options);
      if (report !== undefined) {
        if (isFirst) await reportFirst(report, wanted, places.outDir);
        else reportLines([showRewritten(batch.map(showPath), report, new Date())]);
        const { isSettled, document, sources } = wanted;
        if (isSettled) rememberUnchanged(invocation, places, { before, document, sources });
      }
    }
    if (isFirst) remark(`watching ${inputs.map(showPath).join(", ")}; Ctrl-C ends it`);
    isFirst = false;
  }
  return 0;
}

/** Aborts when somebody wants this process to end. */
function signalled(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => controller.abort());
  return controller.signal;
}

interface Watched {
  readonly files: FileWatch;
  readonly changes: ChangeBatches;
  /** For a spec that is a program. */
  readonly threads: AttemptThreads | undefined;
}

/** One attempt with everything watched that it reads; undefined when a change or the end came first. */
async function attemptWatched(
  request: AttemptRequest,
  watched: Watched,
): Promise<(Attempt & { readonly inputs: readonly string[] }) | undefined> {
  const inputs = new Set<string>();
  let isNew = false;
  const noteInput = (file: string): void => {
    inputs.add(file);
    if (watched.files.extend([file])) isNew = true;
  };
  // What was not watched yet can have changed after it was read, so it is read once more.
  let result = await attemptUnlessChanged(request, noteInput, watched);
  if (isNew && result !== undefined) result = await attemptUnlessChanged(request, noteInput, watched);
  return result === undefined ? undefined : { ...result, inputs: [...inputs] };
}

async function attemptUnlessChanged(
  request: AttemptRequest,
  noteInput: (file: string) => void,
  { changes, threads }: Watched,
): Promise<Attempt | undefined> {
  const over = new AbortController();
  const made = threads?.attempt(request, noteInput, over.signal) ?? attempt(request, noteInput);
  const result = await Promise.race([made, changes.untilSome()]);
  over.abort();
  return result ?? undefined;
}

async function writeWanted(
  wanted: WantedFolder,
  outDir: string,
  { force }: WatchOptions,
): Promise<WriteReport | undefined> {
  try {
    return await writeArtifacts(wanted.artifacts, outDir, { ...wanted.settings, force: force === true });
  } catch (error) {
    remark(describeError(error).text);
    return undefined;
  }
}

async function reportFirst(report: WriteReport, wanted: WantedFolder, outDir: string): Promise<void> {
  if (report.written.length + report.removed.length === 0) {
    reportUpToDate(outDir, wanted.artifacts.length);
    return;
  }
  reportWritten(outDir, report);
  await hintAtGit(outDir, wanted.artifacts);
}
