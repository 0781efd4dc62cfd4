import { parseArgs } from "node:util";
import { type CaseName, caseNames } from "./row.ts";

export interface BenchOptions {
  readonly json: boolean;
  readonly runs: number;
  readonly only: readonly CaseName[];
}

export const usage = `usage: npm run bench [-- [--json] [--runs N] [--only CASE,…]]

  --json        the result as JSON on stdout
  --runs N      repetitions of each measurement, 5 without it
  --only CASE   some of the cases: ${caseNames.join(", ")}
`;

/** Reads the command line; throws an Error whose message says what is allowed. */
export function parseOptions(argv: readonly string[]): BenchOptions | "help" {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      json: { type: "boolean", default: false },
      runs: { type: "string", default: "5" },
      only: { type: "string", multiple: true, default: [] },
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
  return { json: values.json, runs, only };
}
