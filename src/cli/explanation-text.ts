import { isDeepStrictEqual } from "node:util";
import type { Change } from "../explain/effects.ts";
import type { Cause, ExplainedLine, Explanation, FieldFacts } from "../explain/explain.ts";
import { originOf } from "../explain/origin.ts";
import { showValue } from "../spec/show.ts";

/** Lines of an explained file, from `from` up to (not with) `to`, counted from 0. */
export interface Excerpt {
  /** As it is shown: with its folder. */
  readonly file: string;
  /** In the output folder. */
  readonly path: string;
  readonly explanation: Explanation;
  readonly from: number;
  readonly to: number;
}

/** The spec's file, as it is shown, and where something of it stands (`line 3`). */
export interface SpecSource {
  readonly spec: string;
  readonly locate: (path: readonly PropertyKey[]) => string | undefined;
}

/** An explanation for people: one line in full, several as a listing with the first field before each. */
export function explanationText(excerpt: Excerpt, source: SpecSource): string {
  const { explanation, from, to } = excerpt;
  const line = explanation.lines[from];
  const single = to === from + 1 && line !== undefined;
  const text = single ? oneLine(excerpt, line, source) : listing(excerpt, source);
  // A line that has fields does not wait for another.
  const rest = single && line.causes.length > 0 ? [] : untried(explanation);
  return [...text, ...presence(explanation), ...rest].map((row) => `${row.trimEnd()}\n`).join("");
}

function oneLine(
  { file, path, explanation, from }: Excerpt,
  line: ExplainedLine,
  source: SpecSource,
): string[] {
  const reason = line.reason === undefined ? [] : [`  ${line.reason}`];
  const nothing = `  No field of the spec changes this line; it comes from ${originOf(path)}.`;
  const causes = line.causes.flatMap((cause) => [
    `  ${cause.field}`,
    `    ${factText(explanation.fields.get(cause.field), source)}`,
    `    ${exampleText(cause)}`,
  ]);
  return [
    `${file}:${from + 1}`,
    `    ${line.text.trim()}`,
    ...(causes.length > 0 ? causes : [nothing]),
    ...reason,
  ];
}

/** The first field, how many more there are, and the line; then what the spec says of each of those fields. */
function listing({ path, explanation, from, to }: Excerpt, source: SpecSource): string[] {
  const lines = explanation.lines.slice(from, to);
  const labels = lines.map(({ causes }) => {
    const more = causes.length > 1 ? ` +${causes.length - 1}` : "";
    return `${causes[0]?.field ?? ""}${more}`;
  });
  const width = Math.max(...labels.map(({ length }) => length));
  const digits = String(to).length;
  const rows = lines.map(
    ({ text }, index) =>
      `${(labels[index] ?? "").padEnd(width)}  ${String(from + index + 1).padStart(digits)}  ${text}`,
  );
  const named = [...new Set(lines.flatMap(({ causes }) => causes.map(({ field }) => field)))].toSorted();
  const facts = named.map(
    (field) => `${field.padEnd(width)}  ${factText(explanation.fields.get(field), source)}`,
  );
  const rest = lines.some(({ causes }) => causes.length === 0)
    ? ["", `Lines without a field are the same for every spec; they come from ${originOf(path)}.`]
    : [];
  return [...rows, ...(facts.length > 0 ? ["", ...facts] : []), ...rest, ...additions(explanation, from, to)];
}

/** Where the spec says it, or what holds because it does not. */
function factText(facts: FieldFacts | undefined, { spec, locate }: SpecSource): string {
  if (facts === undefined) return "";
  const { path, written, standard } = facts;
  const standardText = defaultText(standard);
  if (written === undefined) {
    return `not in ${spec}; ${standardText === undefined ? "it has no default" : `default: ${standardText}`}`;
  }
  const catalogue = path.join(".") === "windows.release" ? "; what it has is in docs/releases.md" : "";
  const line = lineOf(locate(path));
  const place = line === undefined ? spec : `${spec}:${line}`;
  const without = standardText === undefined ? "" : `; without it: ${standardText}`;
  return `${place}: ${showValue(written)}${without}${catalogue}`;
}

/** What it comes to here, and the schema's words. */
function defaultText(standard: FieldFacts["standard"]): string | undefined {
  if (standard === undefined) return undefined;
  const { words, value } = standard;
  if (value === undefined) return words;
  const shown = isDeepStrictEqual(value, []) ? "none" : showValue(value);
  return words === undefined ? shown : `${shown} (${words})`;
}

/** The number in `line 3`. */
export function lineOf(place: string | undefined): number | undefined {
  const digits = /\d+/.exec(place ?? "")?.[0];
  return digits === undefined ? undefined : Number(digits);
}

/** What another value makes of the line. */
function exampleText({ changes, isAlone }: Cause): string {
  const [change] = changes.toSorted((left, right) => plainness(left) - plainness(right));
  if (change === undefined) return "";
  const others = new Set(changes.map(({ trial }) => showValue(trial.value))).size - 1;
  const more = others === 0 ? "" : ` (as ${others} other value${others === 1 ? "" : "s"})`;
  const alone = isAlone ? ", and nothing else in the spec" : "";
  return `${valueText(change)}${alone}${more}: ${outcomeText(change)}`;
}

// A text says more than that the line is gone, and a change of one field more than one of several.
function plainness({ becomes, trial }: Change): number {
  const outcome = typeof becomes === "string" ? 0 : becomes === null ? 100 : 200;
  return outcome + trial.together.length;
}

function valueText({ trial }: Change): string {
  const value = trial.value === undefined ? "left out" : `with ${showValue(trial.value)}`;
  return trial.together.length === 0 ? value : `${value}, and ${trial.together.join(", ")} changed to fit`;
}

function outcomeText({ becomes }: Change): string {
  if (becomes === null) return "the line is gone";
  return becomes === undefined ? "other lines" : becomes.trim();
}

function additions({ additions: fields, lines }: Explanation, from: number, to: number): string[] {
  const here = fields.flatMap(({ field, after }) => {
    const places = after.filter((line) => line >= from && (line < to || to === lines.length));
    return places.length === 0 ? [] : [`${field} after ${places.join(", ")}`];
  });
  return here.length === 0 ? [] : ["", `Would bring lines in: ${here.join("; ")}`];
}

function presence({ presence: fields }: Explanation): string[] {
  return fields.length === 0 ? [] : ["", `Other values of ${fields.join(", ")} leave the file out.`];
}

function untried({ untried: fields }: Explanation): string[] {
  return fields.length === 0
    ? []
    : [
        "",
        "Not tried, because no other value fits this spec:",
        ...fields.map(({ field, why }) => `  ${field} (${why})`),
      ];
}
