import { mkdir, readFile, writeFile } from "node:fs/promises";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { formatCommand } from "../../../src/process/command.ts";
import { type Running, spawn } from "../../../src/process/spawn.ts";
import type { BenchContext } from "../context.ts";
import { summarize } from "../measure.ts";
import { atMost, type Row } from "../row.ts";

const start = join(import.meta.dirname, "../../../src/cli/start.mjs");

const samplesPerRun = 4;
/** A person types longer between two saves. */
const betweenSavesMs = 500;

const specs: Readonly<Record<string, (vcpus: number) => string>> = {
  "casement.yaml": (vcpus) =>
    `name: watch\nwindows: { release: windows-11-24h2 }\nhardware: { vcpus: ${vcpus} }\n`,
  "casement.ts": (vcpus) =>
    `import { defineSpec } from "casement";\nexport default defineSpec({ name: "watch", windows: { release: "windows-11-24h2" }, hardware: { vcpus: ${vcpus} } });\n`,
};

/** `casement generate --watch`: from the end of a save until its line is said, which comes when the files are written. */
export async function benchWatch(context: BenchContext): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [name, specOf] of Object.entries(specs)) {
    context.say(`watch: saves ${name} again and again`);
    const folder = join(context.folder, `watch-${name}`);
    await mkdir(folder);
    await writeFile(join(folder, name), specOf(1));
    const env = { XDG_CACHE_HOME: join(context.folder, "cache") };
    await using program = await spawn({
      file: process.execPath,
      args: [start, "generate", "--watch"],
      cwd: folder,
      env,
    });
    const untilSaid = listen(context, program);
    await untilSaid(/; Ctrl-C ends it\n/);
    const save = async (text: string, answer: RegExp): Promise<number> => {
      await sleep(betweenSavesMs);
      writeFileSync(join(folder, name), text);
      const saved = performance.now();
      await untilSaid(answer);
      return performance.now() - saved;
    };
    const samples: Record<"changed" | "same", number[]> = { changed: [], same: [] };
    for (let round = 0; round < context.runs * samplesPerRun; round += 1) {
      const vcpus = 1 + ((round + 1) % 4);
      samples.changed.push(await save(specOf(vcpus), /: wrote machine\.json\n/));
      if (!(await readFile(join(folder, "casement/machine.json"), "utf8")).includes(`"vcpus": ${vcpus}`))
        throw new Error("generate --watch said that it wrote, and the file is not what the spec says");
      samples.same.push(await save(`${specOf(vcpus)}${"\n".repeat(round + 1)}`, /: up to date\n/));
    }
    for (const [title, key] of [
      [`generate --watch, ${name} saved -> machine.json rewritten`, "changed"],
      ["  the same for a save that changes no file", "same"],
    ] as const) {
      const summary = summarize(samples[key]);
      rows.push({
        case: "generate",
        what: title,
        unit: "ms",
        summary,
        budget: atMost(summary.median, 100, " ms"),
      });
    }
  }
  return rows;
}

/** Waits until the program has said something that fits, after what was waited for before. */
function listen(context: BenchContext, program: Running): (pattern: RegExp) => Promise<void> {
  let said = "";
  let wake = (): void => undefined;
  for (const stream of [program.stdout, program.stderr]) {
    stream.on("data", (chunk: Buffer | string) => {
      said += chunk.toString();
      wake();
    });
  }
  const ended = program.exited.then(({ how }) => {
    throw new Error(`${formatCommand(program.command)} ${how}\n${said}`);
  });
  // Only a wait is interested in it.
  ended.catch(() => undefined);
  return async (pattern) => {
    while (!pattern.test(said)) {
      const more = new Promise<void>((resolve) => {
        wake = resolve;
      });
      await context.vitals.race(Promise.race([more, ended]));
    }
    said = "";
  };
}
