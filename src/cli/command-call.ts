import type { Invocation } from "./invocation.ts";

/** What a command's declaration hands on to its action. */
export interface CommandCall {
  readonly invocation: Invocation;
  /** Of casement. */
  readonly version: string;
  /** 0 unless it is called. */
  readonly setExitCode: (exitCode: number) => void;
}

/** How the argument of every command that takes a spec reads. */
export const specHelp =
  "the spec: .yaml, .yml, .json or .ts (default: casement.yaml, .yml, .json or .ts in this folder)";
export const outHelp = "output folder (default: casement, beside the spec)";
