import { cp, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import type { Command } from "../../../src/process/command.ts";
import { run } from "../../../src/process/run.ts";
import type { BenchContext } from "../context.ts";
import { interleave, ratio, type Summary, timed } from "../measure.ts";
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
  const json = await variant(folder, "casement.json", (spec) => spec, generate);
  const typescript = await variant(folder, "casement.ts", (spec) => `export default ${spec};\n`, generate);
  const time = (command: Command): Promise<number> => timed(() => run(command, { signal }));

  context.say("generate: an unchanged spec against a Node that does nothing");
  for (const command of [generate, json, typescript]) await time(command);
  const before = await stamps(folder);
  if (before.size < 5) throw new Error(`generate wrote ${before.size} files, that cannot be all`);
  for (const warmUp of [nothing, generate, json, typescript]) await time(warmUp);
  const summaryOf = await interleave(context.runs * samplesPerRun, {
    nothing: () => time(nothing),
    generate: () => time(generate),
    json: () => time(json),
    typescript: () => time(typescript),
  });
  assertUntouched(before, await stamps(folder));
  const [bare, whole] = [summaryOf("nothing"), summaryOf("generate")];
  const times = ratio(whole, bare);
  const other = (what: string, summary: Summary): Row => ({
    case: "generate",
    what: `  the same, ${what}`,
    unit: "ms",
    summary,
    ratios: [`${number(ratio(summary, bare))} times a bare node -e 0`],
    budget: atMost(ratio(summary, bare), 2, " times node -e 0"),
  });
  return [
    { case: "generate", what: "node -e 0", unit: "ms", summary: bare },
    {
      case: "generate",
      what: "casement generate, spec unchanged",
      unit: "ms",
      summary: whole,
      ratios: [`${number(times)} times a bare node -e 0`],
      budget: atMost(times, 2, " times node -e 0"),
      note: `no file was touched (${before.size} files)`,
    },
    other("from casement.json", summaryOf("json")),
    other("from casement.ts, which is run each time", summaryOf("typescript")),
  ];
}

/** The same machine from another kind of spec, in a folder of its own. */
async function variant(
  folder: string,
  name: string,
  render: (spec: string) => string,
  generate: Command,
): Promise<Command> {
  const cwd = join(folder, name.replace(".", "-"));
  await mkdir(cwd);
  const spec: unknown = parse(await readFile(join(folder, "casement.yaml"), "utf8"));
  await writeFile(join(cwd, name), render(JSON.stringify(spec)));
  return { ...generate, cwd };
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
