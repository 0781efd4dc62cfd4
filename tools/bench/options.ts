import { parseArgs } from "node:util";
import { type CaseName, caseNames } from "./row.ts";

export interface BenchOptions {
  readonly json: boolean;
  readonly runs: number;
  readonly only: readonly CaseName[];
  /** File that gets the run's timeline as a picture. */
  readonly svg?: string;
  /** Folder that gets the pictures of growth and of concurrent runs, and their figures. */
  readonly plots?: string;
}

export const usage = `usage: npm run bench [-- [--json] [--runs N] [--only CASE,…] [--svg FILE] [--plots FOLDER]]

  --json           the result as JSON on stdout
  --runs N         repetitions of each measurement, 5 without it
  --only CASE      some of the cases: ${caseNames.join(", ")}
  --svg FILE       the timeline of the median run as a picture (FILE.svg), and beside it what it is drawn from (FILE.json)
  --plots FOLDER   the cases growth and concurrent as pictures, and beside them what they are drawn from
`;

/** Reads the command line; throws an Error whose message says what is allowed. */
export function parseOptions(argv: readonly string[]): BenchOptions | "help" {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      json: { type: "boolean", default: false },
      runs: { type: "string", default: "5" },
      only: { type: "string", multiple: true, default: [] },
      svg: { type: "string" },
      plots: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return "help";
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1 || runs > 1000)
    throw new Error(`--runs: not a count, got '${values.runs}'; allowed: 1 to 1000`);
  const wanted = values.only.flatMap((text) => text.split(",")).filter((name) => name !== "");
  const unknown = wanted.find((name) => !caseNames.some((known) => known === name));
  if (unknown !== undefined)
    throw new Error(`--only: no such case, got '${unknown}'; allowed: ${caseNames.join(", ")}`);
  const only = caseNames.filter((name) => wanted.length === 0 || wanted.includes(name));
  const { json, svg, plots } = values;
  if (svg !== undefined && !svg.endsWith(".svg"))
    throw new Error(`--svg: not a file for a picture, got '${svg}'; allowed: FILE.svg`);
  if (svg !== undefined && !only.includes("run"))
    throw new Error("--svg: draws a run, and --only leaves runs out; add run to it");
  if (plots !== undefined && !only.includes("growth") && !only.includes("concurrent"))
    throw new Error(
      "--plots: draws the cases growth and concurrent, and --only leaves both out; add one to it",
    );
  return {
    json,
    runs,
    only,
    ...(svg === undefined ? {} : { svg }),
    ...(plots === undefined ? {} : { plots }),
  };
}
