import { answerSettings } from "../artifacts/settings.ts";
import { InternalError } from "../errors.ts";
import { buildPlan } from "../plan/build-plan.ts";
import { checkSpec } from "../spec/check.ts";
import { checkExtras, toFault } from "../spec/extra-settings-rule.ts";
import { type Fault, valueAt } from "../spec/issues.ts";
import type { SpecInput } from "../spec/schema.ts";
import { showPath } from "../spec/show.ts";
import { renderAnswerFile } from "../unattend/answer-file.ts";
import { ExtraSettingsConflict } from "../unattend/extra-settings.ts";
import type { AnswerReader } from "./answer-reader.ts";

/** Takes out of a spec what its own rules refuse, and says so, until the spec holds. */
export async function settle(spec: SpecInput, reader: AnswerReader): Promise<SpecInput> {
  const document = structuredClone(spec);
  for (let round = 0; round < maximumRounds; round++) {
    const faults = await faultsOf(document);
    if (faults.length === 0) return document;
    // From the end of each list, so that the numbers in the other faults stay right.
    for (const fault of faults.toSorted((left, right) => lastIndex(right) - lastIndex(left))) {
      takeOut(document, fault, reader);
    }
  }
  const rest = (await faultsOf(document)).map(({ path, message }) => `${showPath(path)}: ${message}`);
  throw new InternalError(`import: the spec does not come to hold: ${rest.join("; ")}`);
}

// Each round takes something out, and no file has as many kinds of faults that hide one another.
const maximumRounds = 20;

async function faultsOf(document: SpecInput): Promise<readonly Fault[]> {
  const checked = checkSpec(document);
  const extras = await checkExtras(document);
  if (!("spec" in checked) || !("extras" in extras)) return [...checked.faults, ...extras.faults];
  const windows = { ...checked.spec.windows, extraSettings: [...extras.extras] };
  const plan = buildPlan({ ...checked.spec, windows }, { password: "Imported-1", files: new Map() });
  try {
    renderAnswerFile(answerSettings(plan));
    return [];
  } catch (error) {
    if (error instanceof ExtraSettingsConflict) return error.faults.map(toFault);
    throw error;
  }
}

function takeOut(document: SpecInput, fault: Fault, reader: AnswerReader): void {
  // A layout that lacks a partition is another one.
  const path = fault.path[1] === "disk" ? ["windows", "disk"] : fault.path;
  // What is missing cannot be taken out, but what lacks it can.
  const removed =
    remove(document, path) ?? (path.length > 2 ? remove(document, path.slice(0, -1)) : undefined);
  if (removed === undefined) return;
  const hint = fault.hint === undefined ? "" : ` (${fault.hint})`;
  reader.leave(describe(fault, removed), `${fault.message}${hint}`);
}

/** Removes what a path names, or the list item that it lies in; undefined where nothing is there any more. */
function remove(document: object, path: readonly PropertyKey[]): unknown {
  const inList = path.findIndex((key) => typeof key === "number");
  const keys = inList === -1 ? path : path.slice(0, inList + 1);
  const last = keys.at(-1);
  const holder = valueAt(document, keys.slice(0, -1));
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

function lastIndex({ path }: Fault): number {
  const index = path.find((key) => typeof key === "number");
  return typeof index === "number" ? index : -1;
}
