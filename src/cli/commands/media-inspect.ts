import { dirname, join, resolve } from "node:path";
import { buildMachine } from "../../artifacts/machine.ts";
import { type Issue, SpecError } from "../../errors.ts";
import { compareMedium } from "../../media/compare.ts";
import { findSevenZip } from "../../media/find-program.ts";
import { inspectMedium } from "../../media/inspect.ts";
import type { Medium } from "../../media/medium.ts";
import type { Invocation } from "../invocation.ts";
import { mediumTable } from "../medium-table.ts";
import { remark, reportJson, reportText } from "../report.ts";
import { resolvePlan } from "../resolve.ts";

/** Prints what an ISO holds; with a spec, throws SpecError with every way in which it is not what the spec expects. */
export async function inspectIso(
  options: { readonly iso: string; readonly spec?: string; readonly json?: true },
  invocation: Invocation,
): Promise<void> {
  const iso = resolve(invocation.cwd, options.iso);
  const spec = options.spec === undefined ? undefined : resolve(invocation.cwd, options.spec);
  const medium = await inspectMedium(iso, findSevenZip(invocation.env["PATH"]));
  const issues = spec === undefined ? undefined : await compareWithSpec(medium, spec);
  if (options.json === true) reportJson(issues === undefined ? medium : { ...medium, issues });
  else reportText(mediumTable(medium));
  if (issues === undefined) return;
  if (issues.length > 0) throw new SpecError(iso, issues);
  remark(`${options.iso} is what ${options.spec} expects`);
}

async function compareWithSpec(medium: Medium, spec: string): Promise<Issue[]> {
  const { plan } = await resolvePlan({ spec, outDir: join(dirname(spec), "casement") });
  return compareMedium(medium, buildMachine(plan));
}
