/** One fault of a spec or of another input file: where it is, what is wrong, what is allowed. */
export interface Issue {
  /** Path in the document, such as `disk.sizeGiB`; empty for the document itself. */
  readonly path: string;
  readonly message: string;
  /** What to do about it, where that is not obvious. */
  readonly hint?: string;
}

/** Exit codes of casement itself; docs/exit-codes.md explains them. A command's own code passes through. */
export const exitCodes = {
  spec: 64,
  differs: 1,
  internal: 70,
  tool: 71,
  guest: 72,
  mismatch: 73,
  space: 74,
  timeout: 75,
} as const;

/** The person's input is at fault; prints every issue at once and no stack. */
export class SpecError extends Error {
  override readonly name = "SpecError";
  readonly exitCode = exitCodes.spec;
  readonly file: string;
  readonly issues: readonly Issue[];

  constructor(file: string, issues: readonly Issue[]) {
    super(
      `${file}: ${issues.length === 1 ? "1 fault" : `${issues.length} faults`}\n${issues.map(formatIssue).join("\n")}`,
    );
    this.file = file;
    this.issues = issues;
  }
}

/** A program or a file of the machine is at fault: missing, failed, refused. */
export class ToolError extends Error {
  override readonly name = "ToolError";
  readonly exitCode: number;
  readonly hint: string | undefined;

  constructor(message: string, options: { hint?: string; cause?: unknown; exitCode?: number } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.hint = options.hint;
    this.exitCode = options.exitCode ?? exitCodes.tool;
  }
}

/** Something inside a virtual machine did not happen in time or went wrong; carries the stage and the last look at it. */
export class GuestError extends Error {
  override readonly name = "GuestError";
  readonly exitCode: number;
  readonly stage: string;
  readonly observation: string | undefined;
  readonly hint: string | undefined;

  constructor(
    stage: string,
    message: string,
    options: { observation?: string; hint?: string; cause?: unknown; exitCode?: number } = {},
  ) {
    super(`${stage}: ${message}`, options.cause === undefined ? {} : { cause: options.cause });
    this.stage = stage;
    this.observation = options.observation;
    this.hint = options.hint;
    this.exitCode = options.exitCode ?? exitCodes.guest;
  }
}

/** Casement itself is at fault; prints the stack and asks for a report. */
export class InternalError extends Error {
  override readonly name = "InternalError";
  readonly exitCode = exitCodes.internal;
}

/** One line per issue: path, message, and the hint on a line of its own. */
export function formatIssue(issue: Issue): string {
  const where = issue.path === "" ? "(document)" : issue.path;
  return `  ${where}: ${issue.message}${issue.hint === undefined ? "" : `\n    ${issue.hint}`}`;
}
