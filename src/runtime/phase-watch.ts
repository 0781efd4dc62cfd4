import { createLineSplitter } from "./lines.ts";

/** Follows the phases that a builder announces to Nix, by lines such as `@nix { "action": "setPhase", "phase": "buildPhase" }`. */
export interface PhaseWatch {
  push(stream: "stdout" | "stderr", data: Uint8Array): void;
  /** The phase that was announced last. */
  current(): string | undefined;
}

/** A watch on output that is only starting. */
export function createPhaseWatch(): PhaseWatch {
  const splitters = { stdout: createLineSplitter(4096), stderr: createLineSplitter(4096) };
  let phase: string | undefined;
  return {
    push(stream, data) {
      for (const line of splitters[stream].push(data)) {
        phase = /^@nix \{ *"action": *"setPhase", *"phase": *"([^"\\]+)" *\}/.exec(line)?.[1] ?? phase;
      }
    },
    current: () => phase,
  };
}
