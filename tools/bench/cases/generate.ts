import { cp, mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "../../../src/process/command.ts";
import { run } from "../../../src/process/run.ts";
import type { BenchContext } from "../context.ts";
import { interleave, ratio, timed } from "../measure.ts";
import { atMost, number, type Row } from "../row.ts";

const repository = join(import.meta.dirname, "../../..");

/** A process of some ten milliseconds needs more samples than a machine that boots. */
const samplesPerRun = 6;

/** `casement generate` on a spec that has not changed, as a whole process, against a Node that does nothing. */
export async function benchGenerate(context: BenchContext): Promise<Row[]> {
  const folder = join(context.folder, "generate");
  await mkdir(folder);
  await cp(join(repository, "examples/hello/casement.yaml"), join(folder, "casement.yaml"));
  const main = join(repository, "src/cli/start.mjs");
  // Its cache is the bench's own, and goes with it.
  const env = { XDG_CACHE_HOME: join(context.folder, "cache") };
  const generate: Command = { file: process.execPath, args: [main, "generate"], cwd: folder, env };
  const nothing: Command = { file: process.execPath, args: ["-e", "0"], cwd: folder, env };
  const signal = context.vitals.signal;
  const time = (command: Command): Promise<number> => timed(() => run(command, { signal }));

  context.say("generate: an unchanged spec against a Node that does nothing");
  await time(generate);
  const before = await stamps(folder);
  if (before.size < 5) throw new Error(`generate wrote ${before.size} files, that cannot be all`);
  for (const warmUp of [nothing, generate]) await time(warmUp);
  const summaryOf = await interleave(context.runs * samplesPerRun, {
    nothing: () => time(nothing),
    generate: () => time(generate),
  });
  assertUntouched(before, await stamps(folder));
  const [bare, whole] = [summaryOf("nothing"), summaryOf("generate")];
  const times = ratio(whole, bare);
  return [
    { case: "generate", what: "node -e 0", unit: "ms", summary: bare },
    {
      case: "generate",
      what: "casement generate, spec unchanged",
      unit: "ms",
      summary: whole,
      ratios: [`${number(times)} times a bare node -e 0`],
      budget: atMost(times, 3, " times node -e 0"),
      note: `no file was touched (${before.size} files)`,
    },
  ];
}

/** Inode and times of every file and folder: a file that was written anew with the same bytes differs. */
async function stamps(folder: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true })) {
    const { ino, mtimeNs, ctimeNs } = await stat(join(folder, entry), { bigint: true });
    found.set(entry, `${ino} ${mtimeNs} ${ctimeNs}`);
  }
  return found;
}

function assertUntouched(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): void {
  const names = new Set([...before.keys(), ...after.keys()]);
  const touched = [...names].filter((name) => before.get(name) !== after.get(name));
  if (touched.length > 0)
    throw new Error(`generate touched files of an unchanged spec: ${touched.join(", ")}`);
}
