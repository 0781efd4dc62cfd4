import type { Report } from "../../src/agent/serve.ts";

/** A report that keeps what it is told. */
export interface CollectedReport extends Report {
  readonly steps: string[];
  stdout(): Buffer;
  stderr(): Buffer;
}

export function collectReport(): CollectedReport {
  const parts: Record<"stdout" | "stderr", Buffer[]> = { stdout: [], stderr: [] };
  const steps: string[] = [];
  return {
    steps,
    step: async (name) => {
      steps.push(name);
    },
    output: async (stream, data) => {
      parts[stream].push(Buffer.from(data));
    },
    stdout: () => Buffer.concat(parts.stdout),
    stderr: () => Buffer.concat(parts.stderr),
  };
}
