import type { WriteReport } from "../../writer/write.ts";

/** A line for one regeneration: when, what had changed, and what was rewritten. */
export function showRewritten(changed: readonly string[], report: WriteReport, now: Date): string {
  const done = [
    ...(report.written.length > 0 ? [`wrote ${report.written.join(", ")}`] : []),
    ...(report.removed.length > 0 ? [`removed ${report.removed.join(", ")}`] : []),
  ];
  return `${now.toTimeString().slice(0, 8)} ${changed.join(", ")}: ${done.join("; ") || "up to date"}`;
}
