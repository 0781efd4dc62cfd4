import { createHash } from "node:crypto";
import type { Artifact } from "../artifacts/artifact.ts";
import { renderFiles } from "../artifacts/render-all.ts";
import type { Plan } from "../plan/plan.ts";
import { type Becomes, compareFiles, compareThrough } from "./compare-files.ts";
import type { Trial } from "./probe.ts";

/** A trial that changes a line, and what the line becomes in it. */
export interface Change {
  readonly trial: Trial;
  readonly becomes: Becomes;
}

/** What trials do to one file. */
export interface Effect {
  /** By the line's place in the file, from 0. */
  readonly changed: ReadonlyMap<number, readonly Change[]>;
  /** Before which lines others come in. */
  readonly added: ReadonlySet<number>;
  /** Trials without this file. */
  readonly absent: readonly Trial[];
}

/** Compares the lines of a plan's file with what trials make of them; `onlySame` as in compareThrough. */
export function effectOf(
  trials: readonly Trial[],
  path: string,
  { plan, onlySame }: { readonly plan: Plan; readonly onlySame: boolean },
): Effect {
  const lines = linesIn(plan, path) ?? [];
  const changed = new Map<number, Change[]>();
  const added = new Set<number>();
  const absent: Trial[] = [];
  for (const trial of trials) {
    const without = trial.without === plan ? lines : linesIn(trial.without, path);
    // Whatever became of the file, the other fields alone did it.
    if (without === undefined) continue;
    const after = linesIn(trial.plan, path);
    if (after === undefined) {
      absent.push(trial);
      continue;
    }
    const { changes, additions } =
      without === lines ? compareFiles(lines, after) : compareThrough(lines, without, { after, onlySame });
    for (const [line, becomes] of changes) {
      changed.set(line, [...(changed.get(line) ?? []), { trial, becomes }]);
    }
    for (const line of additions) added.add(line);
  }
  return { changed, added, absent };
}

/** The lines of one file of a plan, without their ends; undefined where the plan has no such file. */
export function linesIn(plan: Plan, path: string): readonly string[] | undefined {
  const content = renderFiles(plan).find((file) => file.path === path)?.content;
  return content === undefined ? undefined : linesOf(content);
}

/** The lines of a text without their ends. What is no text has one line, which says what it is. */
export function linesOf(content: Artifact["content"]): readonly string[] {
  const text = typeof content === "string" ? content : decode(content);
  if (text === undefined || text.includes("\0")) {
    const hash = createHash("sha256").update(content).digest("hex");
    return [`(no text: ${content.length} bytes, SHA-256 ${hash})`];
  }
  const lines = text.split(/\r?\n/);
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
