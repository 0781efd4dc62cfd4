import { styleText } from "node:util";
import type { Finding } from "../../doctor/finding.ts";

/** Findings as lines: what was found in one line each, and below it what to do. */
export function showFindings(findings: readonly Finding[], hasColors: boolean): readonly string[] {
  const width = Math.max(...findings.map(({ check }) => check.length));
  const margin = " ".repeat(stateWidth + width + 4);
  return findings.flatMap(({ check, state, found, todo = [] }) => {
    const word = hasColors ? styleText(colors[state], state, { validateStream: false }) : state;
    const padded = word + " ".repeat(stateWidth - state.length);
    // What a tool said may have several lines.
    const [first = "", ...rest] = found.split("\n");
    return [
      `${padded}  ${check.padEnd(width)}  ${first}`,
      ...[...rest, ...todo].map((line) => `${margin}${line}`),
    ];
  });
}

/** What all of them come to, as the last line. */
export function showVerdict(findings: readonly Finding[], hasSpec: boolean): string {
  const count = (state: Finding["state"]): number => findings.filter((each) => each.state === state).length;
  const [problems, warnings] = [count("problem"), count("warning")];
  const what = hasSpec ? "" : "; there is no spec here, so only the machine was looked at, for KVM";
  const warned = warnings === 0 ? "" : `, ${warnings} ${warnings === 1 ? "warning" : "warnings"}`;
  if (problems === 0) return `nothing stands in the way of building here${warned}${what}`;
  return `${problems} ${problems === 1 ? "problem" : "problems"}${warned}${what}`;
}

const stateWidth = "warning".length;
const colors = { ok: "green", warning: "yellow", problem: "red" } as const;
