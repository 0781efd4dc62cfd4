import { cp, mkdir, readFile, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { guest } from "../../../src/contract/guest.ts";
import type { BenchContext } from "../context.ts";
import { lastWords, type Parts } from "../machines.ts";
import { interleave, ratio, type Summary, summarize, type Way } from "../measure.ts";
import type { Project } from "../project.ts";
import { atLeast, faster, number, type Row } from "../row.ts";
import { connect } from "../share/connection.ts";
import { cpuSeconds } from "../share/cpu-time.ts";
import { sumPart, sumScript } from "../share/material.ts";
import { order } from "../share/orders.ts";
import { type Pair, revivePair } from "../share/pair.ts";
import { type StoredMaterial, storeMaterial } from "../share/stored-material.ts";
import {
  describeTransfer,
  givenFolder,
  guestScript,
  inController,
  ninepScript,
  type Places,
  readTook,
  sshScript,
  type Transfer,
  transfers,
  writtenFolder,
} from "../share/transfers.ts";

/** What the share is to be faster than SSH. */
const budgets = { large: 3, small: 5 } as const;
const wayNames = ["share", "ssh", "9p"] as const;
type WayName = (typeof wayNames)[number];

/** A transfer that takes longer than this is repeated less often. */
const longMs = 15_000;
const longRuns = 3;

/** S: and X: against the same piped through SSH and against 9p alone, in turn; every file's sum is checked each time. */
export async function benchShare(context: BenchContext, project: Project, parts: Parts): Promise<Row[]> {
  await using stored = await storeMaterial(context);
  await using pair = await revivePair(context, project, parts);
  try {
    const bench = await prepare(context, project, { pair, stored });
    const ways: Record<string, Way> = {};
    for (const transfer of transfers)
      for (const name of wayNames)
        ways[`${describeTransfer(transfer)} ${name}`] = wayOf(bench, transfer, name);
    const summaryOf = await interleave(context.runs, ways);
    return transfers.flatMap((transfer) => rowsOf(bench, transfer, summaryOf));
  } catch (error) {
    context.say(`what the machines said last:\n  | ${await lastWords(pair)}`);
    throw error;
  }
}

interface Bench {
  readonly context: BenchContext;
  readonly pair: Pair;
  readonly stored: StoredMaterial;
  readonly places: Places;
  /** PATH of the controller's scripts. */
  readonly path: string;
  readonly cipher: string;
  /** Seconds of CPU of both VMs by transfer and way. */
  readonly cpu: Map<string, number[]>;
}

async function prepare(
  context: BenchContext,
  project: Project,
  { pair, stored }: { readonly pair: Pair; readonly stored: StoredMaterial },
): Promise<Bench> {
  const xchg = pair.workspace.path("xchg");
  await cp(stored.path, join(xchg, givenFolder), { recursive: true });
  const [file = ""] = (await project.build("bench-path")).paths;
  const path = await readFile(file, "utf8");
  await pair.execute("true");
  const cipher = await connect(pair, path);
  const places: Places = {
    drives: {
      "S:": { guest: join(guest.mounts.store, basename(stored.path)), controller: stored.path },
      "X:": { guest: `${guest.mounts.xchg}/${givenFolder}`, controller: `/run/xchg/${givenFolder}` },
    },
    guestMemory: "/dev/shm/bench",
    controllerMemory: "/tmp/bench/memory",
  };
  return { context, pair, stored, places, path, cipher, cpu: new Map() };
}

function wayOf(bench: Bench, transfer: Transfer, name: WayName): Way {
  const title = `${describeTransfer(transfer)} ${name}`;
  let long = 0;
  return async () => {
    if (long >= longRuns) return undefined;
    await emptyWritten(bench);
    const before = await cpuOf(bench.pair);
    const ms = await runTransfer(bench, transfer, name);
    const cpu = (await cpuOf(bench.pair)) - before;
    bench.cpu.set(title, [...(bench.cpu.get(title) ?? []), cpu]);
    await check(bench, transfer, name);
    bench.context.say(`share: ${title}: ${number(ms / 1000)} s, ${number(cpu)} s of CPU`);
    if (ms > longMs) long += 1;
    return ms / 1000;
  };
}

async function runTransfer(bench: Bench, transfer: Transfer, name: WayName): Promise<number> {
  const { pair, places } = bench;
  if (name === "share") return readTook(await pair.execute(guestScript(transfer, places)));
  const script = (name === "ssh" ? sshScript : ninepScript)(transfer, places);
  return readTook(await order(pair, inController(bench.path, script)));
}

async function cpuOf({ controller, guest: windows }: Pair): Promise<number> {
  const [one, two] = await Promise.all([controller.machine.pid, windows.pid].map(cpuSeconds));
  return (one ?? 0) + (two ?? 0);
}

function writtenTo(pair: Pair): string {
  return join(pair.workspace.path("xchg"), givenFolder, writtenFolder);
}

async function emptyWritten({ pair }: Bench): Promise<void> {
  await rm(writtenTo(pair), { recursive: true, force: true });
  await mkdir(writtenTo(pair));
}

/** What arrived has to be what was sent. */
async function check(bench: Bench, transfer: Transfer, name: WayName): Promise<void> {
  const { pair, places, stored } = bench;
  const { size, does } = transfer;
  if (does === "writes") {
    const wanted = name === "9p" ? stored.ninepSums[size] : stored.sums[size];
    return assertSum(await sumPart(writtenTo(pair), size), wanted, transfer, name);
  }
  // What 9p alone reads goes nowhere.
  if (name === "9p") return;
  const sum = await pair.execute(`cd ${places.guestMemory} && ${sumScript(size)}\n`);
  assertSum(sum.trim(), stored.sums[size], transfer, name);
}

function assertSum(got: string, wanted: string, transfer: Transfer, name: WayName): void {
  if (got === wanted) return;
  throw new Error(
    `${name} ${describeTransfer(transfer)}: other bytes have arrived, got the sum ${got}, wanted ${wanted}`,
  );
}

function rowsOf(bench: Bench, transfer: Transfer, summaryOf: (title: string) => Summary): Row[] {
  const title = describeTransfer(transfer);
  const of = (name: WayName): Summary => summaryOf(`${title} ${name}`);
  const cpuOfWay = (name: WayName): number => summarize(bench.cpu.get(`${title} ${name}`) ?? []).median;
  const [share, ssh, ninep] = [of("share"), of("ssh"), of("9p")];
  const times = ratio(ssh, share);
  const row = { case: "share", unit: "s" } as const;
  return [
    {
      ...row,
      what: `the guest ${title}`,
      summary: share,
      ratios: [faster(times, "SSH"), `${number(ratio(share, ninep))} times as long as 9p alone`],
      budget: atLeast(times, budgets[transfer.size], " times faster than SSH"),
      note: `CPU of both VMs ${number(cpuOfWay("share"))} s, ${number(cpuOfWay("ssh") / cpuOfWay("share"))} times less than by SSH`,
    },
    { ...row, what: `  the same piped through SSH (${bench.cipher})`, summary: ssh },
    { ...row, what: "  9p alone, in the controller", summary: ninep },
  ];
}
