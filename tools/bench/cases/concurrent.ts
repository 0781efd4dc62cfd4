import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import type { BenchContext } from "../context.ts";
import { summarize } from "../measure.ts";
import type { Project } from "../project.ts";
import { findMachines, type OwnMemory, parseSmaps } from "../rollup.ts";
import { atMost, number, type Row } from "../row.ts";
import { prepareRuns } from "../whole-run.ts";

/** So many runs of one snapshot at once. */
export const concurrencySchema = z.strictObject({
  concurrency: z.int(),
  /** Of each run, from its start to its collected output. */
  seconds: z.array(z.number()),
  runsPerMinute: z.number(),
  /** What each run's two machines have in memory for themselves alone, at the most. */
  privateMB: z.array(z.number()),
  /** The part of it that emulation takes for translated code. */
  translatedMB: z.array(z.number()),
  /** All machines together, at the most: proportional set size, in which a page that n share counts for 1/n. */
  pssMB: z.array(z.number()),
});
export type Concurrency = z.infer<typeof concurrencySchema>;

const counts = [1, 2, 4, 8] as const;
const sampleEveryMs = 100;
/** A budget of the design: a further run, guest and controller. */
const privateLimitMB = 160;

/**
 * 1, 2, 4 and 8 runs at once from one snapshot, by turns: how long each takes, what they need in memory, and that none sees another.
 */
export async function benchConcurrent(
  context: BenchContext,
  project: Project,
): Promise<{ readonly rows: Row[]; readonly concurrency: readonly Concurrency[] }> {
  context.say("concurrent: builds the snapshot where it is not there yet");
  await project.build("windows^*");
  await project.build("fresh");
  const folder = join(context.folder, "c");
  await mkdir(folder);
  const start = await prepareRuns(context, project, folder);
  const rounds: Concurrency[] = [];
  for (let round = 0; round < context.runs; round += 1) {
    for (const concurrency of counts) {
      const one = await measureOnce(start, folder, `${round}-${concurrency}`, concurrency);
      context.say(
        `concurrent: ${concurrency} at once, ${number(one.runsPerMinute)} runs a minute, ${number(Math.max(...one.privateMB))} MB private each at the most`,
      );
      rounds.push(one);
    }
  }
  const concurrency = counts.map((count) => merge(rounds.filter((round) => round.concurrency === count)));
  return { rows: concurrency.flatMap((each) => rowsOf(each)), concurrency };
}

type Start = Awaited<ReturnType<typeof prepareRuns>>;

async function measureOnce(
  start: Start,
  folder: string,
  name: string,
  concurrency: number,
): Promise<Concurrency> {
  const pids: number[] = [];
  const ended = new AbortController();
  const sampling = sampleMemory(pids, ended.signal);
  const started = performance.now();
  const seconds = await Promise.all(
    Array.from({ length: concurrency }, async (_, index) => {
      const out = join(folder, `out-${name}-${index}`);
      const token = crypto.randomUUID();
      const began = performance.now();
      await start({ script: scriptOf(token), out, watch: (pid) => void pids.push(pid) });
      const took = (performance.now() - began) / 1000;
      await assertAlone(out, token);
      return took;
    }),
  );
  const total = (performance.now() - started) / 60_000;
  ended.abort();
  const memory = await sampling;
  return {
    concurrency,
    seconds,
    runsPerMinute: concurrency / total,
    privateMB: pids.map((pid) => memory.own.get(pid)?.privateMB ?? Number.NaN),
    translatedMB: pids.map((pid) => memory.own.get(pid)?.translatedMB ?? Number.NaN),
    pssMB: [memory.pssMB],
  };
}

/** Leaves its token on X: and on C:, and looks at what is there when it has done some work. */
function scriptOf(token: string): string {
  return `echo ${token} >/tmp/xchg/token
[ ! -e /cygdrive/c/token ]
echo ${token} >/cygdrive/c/token
uname -a >"$out/uname.txt"
cat /tmp/xchg/token /cygdrive/c/token >"$out/tokens"
`;
}

async function assertAlone(out: string, token: string): Promise<void> {
  const tokens = (await readFile(join(out, "tokens"), "utf8")).trim().split(/\s+/);
  if (tokens.length !== 2 || tokens.some((each) => each !== token))
    throw new Error(`a run has seen another one: wanted ${token} twice, got ${tokens.join(", ")}`);
}

interface Memory {
  /** By the runtime's process: both of its machines, when they had the most. */
  readonly own: ReadonlyMap<number, Omit<OwnMemory, "pssMB">>;
  readonly pssMB: number;
}

/** Looks at the machines of these runtimes again and again, and keeps the most that there was. */
async function sampleMemory(pids: readonly number[], ended: AbortSignal): Promise<Memory> {
  const most = new Map<number, OwnMemory>();
  let pss = 0;
  while (!ended.aborted) {
    let together = 0;
    for (const pid of pids) {
      const machines = await Promise.all((await findMachines(pid)).map(readOwn));
      const own = add(machines);
      together += own.pssMB;
      if (own.privateMB > (most.get(pid)?.privateMB ?? 0)) most.set(pid, own);
    }
    pss = Math.max(pss, together);
    await delay(sampleEveryMs, undefined, { signal: ended }).catch(() => undefined);
  }
  return { own: most, pssMB: pss };
}

const nothing: OwnMemory = { pssMB: 0, privateMB: 0, translatedMB: 0 };

function add(machines: readonly OwnMemory[]): OwnMemory {
  return machines.reduce(
    (sum, { pssMB, privateMB, translatedMB }) => ({
      pssMB: sum.pssMB + pssMB,
      privateMB: sum.privateMB + privateMB,
      translatedMB: sum.translatedMB + translatedMB,
    }),
    nothing,
  );
}

/** Nothing for a machine that has ended. */
async function readOwn(pid: number): Promise<OwnMemory> {
  const text = await readFile(`/proc/${pid}/smaps`, "utf8").catch(() => "");
  return text === "" ? nothing : parseSmaps(text);
}

/** Several rounds of the same count as one. */
function merge(rounds: readonly Concurrency[]): Concurrency {
  const [first] = rounds;
  if (first === undefined) throw new RangeError("rounds: at least one, got none");
  return {
    concurrency: first.concurrency,
    seconds: rounds.flatMap(({ seconds }) => seconds),
    runsPerMinute: summarize(rounds.map(({ runsPerMinute }) => runsPerMinute)).median,
    privateMB: rounds.flatMap(({ privateMB }) => privateMB),
    translatedMB: rounds.flatMap(({ translatedMB }) => translatedMB),
    pssMB: rounds.flatMap(({ pssMB }) => pssMB),
  };
}

function rowsOf(all: Concurrency): Row[] {
  const row = { case: "concurrent" } as const;
  const title = all.concurrency === 1 ? "one run alone" : `${all.concurrency} runs at once`;
  const own = summarize(all.privateMB);
  return [
    {
      ...row,
      what: `${title}: each`,
      unit: "s",
      summary: summarize(all.seconds),
      note: `${number(all.runsPerMinute)} runs a minute`,
    },
    {
      ...row,
      what: "  private memory of a run: guest and controller, at the most",
      unit: "MB",
      summary: own,
      budget: atMost(own.median, privateLimitMB, " MB"),
      note: `of it ${number(summarize(all.translatedMB).median)} MB code that the emulation has translated, which KVM does not have`,
    },
    { ...row, what: "  all machines together (PSS), at the most", unit: "MB", summary: summarize(all.pssMB) },
  ];
}
