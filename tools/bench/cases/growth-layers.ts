import type { BenchContext } from "../context.ts";
import { interleave, ratio, type Summary, timed } from "../measure.ts";
import { pointOf } from "../plots/plot.ts";
import type { Project } from "../project.ts";
import { atMost, number } from "../row.ts";
import type { Growth } from "./growth.ts";

const counts = [5, 10, 20, 40, 80] as const;

/** `nix eval` of a run's derivation over the layers below it, all of them new. Layers are no part of a spec: generate knows none. */
export async function benchGrowingLayers(context: BenchContext, project: Project): Promise<Growth> {
  context.say("evaluates a run on many layers");
  const evaluate = (count: number): Promise<number> =>
    timed(() => project.apply("lib.runOnLayers", `run: run ${count} "${crypto.randomUUID()}"`));
  await evaluate(1);
  const summaryOf = await interleave(
    context.runs,
    Object.fromEntries(counts.map((count) => [`${count}`, async () => (await evaluate(count)) / 1000])),
  );
  const measured = counts.map((count): [number, Summary] => [count, summaryOf(`${count}`)]);
  const [, twenty] = measured[2] ?? [];
  const [, eighty] = measured.at(-1) ?? [];
  if (twenty === undefined || eighty === undefined) throw new Error("no layers were measured");
  const times = ratio(eighty, twenty);
  return {
    rows: [
      {
        case: "growth",
        what: "nix eval of a run on 20 layers",
        unit: "s",
        summary: twenty,
        ratios: [`80 layers are ${number(times)} times that`],
        budget: atMost(times, 5, " times for 4 times the layers"),
        note: `${counts.join(", ")} layers: ${measured.map(([, { median }]) => number(median)).join(", ")} s`,
      },
    ],
    plots: {
      "evaluation-over-layers": {
        title: "Evaluation of a run over the layers below it",
        measured: [],
        x: { label: "layers, one on the other", scale: "linear" },
        y: { label: "nix eval of its derivation, s" },
        series: [
          {
            name: "a whole process, all layers new to the store",
            points: measured.map(([count, summary]) => pointOf(count, summary)),
          },
        ],
      },
    },
  };
}
