import { originOf } from "../explain/origin.ts";
import { type Excerpt, lineOf, type SpecSource } from "./explanation-text.ts";

/** An explanation for programs: everything that was tried, values as they are in a spec. */
export function explanationJson(excerpt: Excerpt, { spec, locate }: SpecSource): object {
  const { file, path, explanation, from, to } = excerpt;
  const lines = explanation.lines.slice(from, to);
  const named = new Set([
    ...lines.flatMap(({ causes }) => causes.map(({ field }) => field)),
    ...explanation.presence,
  ]);
  return {
    file,
    spec,
    origin: originOf(path),
    lines: lines.map(({ text, causes, reason }, index) => ({
      line: from + index + 1,
      text,
      causes: causes.map(({ field, changes, isAlone }) => ({
        field,
        alone: isAlone,
        changes: changes.map(({ trial, becomes }) => ({
          value: trial.value,
          together: trial.together,
          // Null: the line is gone. Left out: it is part of something else.
          becomes,
        })),
      })),
      reason: reason ?? null,
    })),
    fields: Object.fromEntries(
      [...explanation.fields]
        .filter(([field]) => named.has(field))
        .map(([field, { written, path: place, standard }]) => [
          field,
          {
            written: written === undefined ? null : { value: written, line: lineOf(locate(place)) ?? null },
            default: standard === undefined ? null : { words: standard.words ?? null, value: standard.value },
          },
        ]),
    ),
    presence: explanation.presence,
    additions: explanation.additions,
    untried: explanation.untried,
  };
}
