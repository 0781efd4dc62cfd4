import { answerSettings } from "../artifacts/settings.ts";
import { InternalError } from "../errors.ts";
import { buildPlan } from "../plan/build-plan.ts";
import { checkDocument } from "../spec/check-document.ts";
import { toFault } from "../spec/extra-settings-rule.ts";
import { type Fault, valueAt } from "../spec/issues.ts";
import type { SpecInput } from "../spec/schema.ts";
import { showPath } from "../spec/show.ts";
import { checkMerged } from "../unattend/check-merged.ts";
import type { AnswerReader } from "./answer-reader.ts";

/** Takes out of a spec what its own rules refuse, and says so, until the spec holds. */
export async function settle(spec: SpecInput, reader: AnswerReader): Promise<SpecInput> {
  const document = structuredClone(spec);
  for (let round = 0; round < maximumRounds; round++) {
    const faults = await faultsOf(document);
    if (faults.length === 0) return document;
    // What has several faults goes once. From the end of each list, so that the numbers in the other faults stay right.
    const groups = [...Map.groupBy(faults, (fault) => showPath(target(fault))).values()];
    for (const group of groups.toSorted((left, right) => firstIndex(right[0]) - firstIndex(left[0]))) {
      takeOut(document, group, reader);
    }
  }
  const rest = (await faultsOf(document)).map(({ path, message }) => `${showPath(path)}: ${message}`);
  throw new InternalError(`import: the spec does not come to hold: ${rest.join("; ")}`);
}

// Each round takes something out, and no file has as many kinds of faults that hide one another.
const maximumRounds = 20;

async function faultsOf(document: SpecInput): Promise<readonly Fault[]> {
  const checked = await checkDocument(document);
  if (!("spec" in checked)) return checked.faults;
  const plan = buildPlan(checked.spec, { password: "Imported-1", files: new Map() });
  return checkMerged(answerSettings(plan)).map(toFault);
}

/** What of the spec goes for a fault: the item of a list as a whole, and the layout as a whole: without a partition it is another one. */
function target({ path }: Fault): readonly PropertyKey[] {
  if (path[1] === "disk") return ["windows", "disk"];
  const inList = path.findIndex((key) => typeof key === "number");
  return inList === -1 ? path : path.slice(0, inList + 1);
}

function takeOut(document: SpecInput, faults: readonly Fault[], reader: AnswerReader): void {
  const [first] = faults;
  if (first === undefined) return;
  const path = target(first);
  // What is missing cannot be taken out, but what lacks it can.
  const removed =
    remove(document, path) ?? (path.length > 2 ? remove(document, path.slice(0, -1)) : undefined);
  if (removed === undefined) return;
  const why = faults.map(({ message, hint }) => (hint === undefined ? message : `${message} (${hint})`));
  reader.leave(describe(first, removed), why.join("; "));
}

/** Removes what a path names; undefined where nothing is there any more. */
function remove(document: object, path: readonly PropertyKey[]): unknown {
  const last = path.at(-1);
  const holder = valueAt(document, path.slice(0, -1));
  if (last === undefined || typeof holder !== "object" || holder === null) return undefined;
  if (Array.isArray(holder)) return holder.splice(Number(last), 1)[0];
  const value: unknown = Reflect.get(holder, last);
  Reflect.deleteProperty(holder, last);
  return value;
}

function describe(fault: Fault, removed: unknown): string {
  if (typeof removed === "object" && removed !== null && "component" in removed && "pass" in removed) {
    const path: unknown = Reflect.get(removed, "path");
    return `${String(removed.pass)}/${String(removed.component)}/${String(path)}`;
  }
  return showPath(fault.path);
}

function firstIndex(fault: Fault | undefined): number {
  const index = fault?.path.find((key) => typeof key === "number");
  return typeof index === "number" ? index : -1;
}
