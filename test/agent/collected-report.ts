import { PassThrough } from "node:stream";
import type { AgentTalk } from "../../src/contract/agent.ts";

/** A talk that keeps what it is told, and at which a test types. */
export interface CollectedReport extends AgentTalk {
  readonly steps: string[];
  stdout(): Buffer;
  stderr(): Buffer;
  type(text: string): void;
  endTyping(): void;
  resize(columns: number, rows: number): void;
}

export function collectReport(): CollectedReport {
  const parts: Record<"stdout" | "stderr", Buffer[]> = { stdout: [], stderr: [] };
  const steps: string[] = [];
  const bytes = new PassThrough();
  let resized: (columns: number, rows: number) => void = () => undefined;
  return {
    steps,
    step: (name) => void steps.push(name),
    output: async (stream, data) => void parts[stream].push(Buffer.from(data)),
    typed: {
      bytes,
      onWindow(listener) {
        resized = listener;
      },
    },
    stdout: () => Buffer.concat(parts.stdout),
    stderr: () => Buffer.concat(parts.stderr),
    type: (text) => void bytes.write(text),
    endTyping: () => void bytes.end(),
    resize: (columns, rows) => resized(columns, rows),
  };
}
