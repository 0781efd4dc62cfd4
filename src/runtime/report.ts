import { dirname } from "node:path";
import { GuestError, InternalError, SpecError, ToolError } from "../errors.ts";
import { exitCodes } from "../errors.ts";
import { formatCommand } from "../process/command.ts";
import { StageFailed } from "./evidence.ts";
import { printable } from "./printable.ts";

/** What a failure looks like to the person who reads the build log, and the code that the runtime ends with. */
export interface FailureReport {
  readonly lines: readonly string[];
  readonly exitCode: number;
}

/** Says what failed, what was seen last, what to do, and where the evidence lies. Only casement's own faults print a stack. */
export function renderFailure(thrown: unknown): FailureReport {
  const error = thrown instanceof StageFailed ? thrown.cause : thrown;
  const lines = [...renderError(error)];
  if (thrown instanceof StageFailed) {
    if (thrown.serialLines.length > 0) {
      lines.push("  the guest's last lines on COM1:", ...thrown.serialLines.map((line) => `  | ${line}`));
    }
    lines.push(`  evidence: ${thrown.evidence}`, `  (${whatBecomesOf(thrown)})`);
  }
  return { lines: lines.map(printable), exitCode: codeOf(error) };
}

function whatBecomesOf({ stage, evidence }: StageFailed): string {
  if (stage !== "debug")
    return "Nix removes it with the build folder; with --keep-failed it stays, and Nix says where";
  const remove = formatCommand({ file: "rm", args: ["-r", dirname(evidence)] });
  return `it stays, with the files that went both ways; when you have looked: ${remove}`;
}

function renderError(error: unknown): readonly string[] {
  if (error instanceof GuestError || error instanceof ToolError) {
    const lines = error.message.split("\n");
    const seen = error instanceof GuestError ? error.observation : undefined;
    return [
      `error: ${lines[0] ?? ""}`,
      ...lines.slice(1),
      ...(seen === undefined ? [] : seen.split("\n").map((line) => `  ${line}`)),
      ...(error.hint === undefined ? [] : [`  hint: ${error.hint}`]),
    ];
  }
  if (error instanceof SpecError) return error.message.split("\n");
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [
    "error: a fault in Casement itself",
    ...stack.split("\n"),
    "  Please report it, with this log and the evidence folder.",
  ];
}

function codeOf(error: unknown): number {
  if (error instanceof GuestError || error instanceof ToolError || error instanceof SpecError)
    return error.exitCode;
  return error instanceof InternalError ? error.exitCode : exitCodes.internal;
}
