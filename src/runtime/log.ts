import { printable } from "./printable.ts";
import { createRecorder, type TimelineRecorder } from "./timeline/recorder.ts";

/** What a stage says while it works: plain lines with the time since its start, phases for Nix, a heartbeat. */
export interface Log extends Disposable {
  line(text: string): void;
  /** A line about one machine or program: `[guest] text`. */
  about(who: string, text: string): void;
  /** Announces a phase the way stdenv does, so that `nix build` and nix-output-monitor show it; the one that is on already is no news. */
  phase(name: string): void;
  readonly currentPhase: () => string;
  /** Prints the name, does the work, and prints how long it took. A failure is printed by whoever catches it. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** What the next heartbeat says about where things stand. */
  standing(text: string): void;
  readonly elapsedMs: () => number;
  /** Every line so far. */
  readonly lines: () => readonly string[];
  /** When what the stage does began and ended, phases included; on the same clock, and not printed. */
  readonly timeline: TimelineRecorder;
}

export interface LogOptions {
  /** Receives whole lines without the newline. */
  readonly write: (line: string) => void;
  /** Receives `@nix …` lines; absent outside of a Nix build. */
  readonly announce?: (line: string) => void;
  /** Null: none, where a person is at it. */
  readonly heartbeatMs?: number | null;
  /** Where the clock begins, by performance.now(); without it, now. */
  readonly startedMs?: number;
}

/** Starts the clock of a stage. Leaving its scope ends the heartbeat. */
export function createLog(options: LogOptions): Log {
  const started = options.startedMs ?? performance.now();
  const heartbeatMs = options.heartbeatMs === undefined ? 60_000 : options.heartbeatMs;
  const elapsedMs = (): number => performance.now() - started;
  const timeline = createRecorder(elapsedMs);
  let phase = "start";
  let standing = "";
  const steps: { name: string; startedMs: number }[] = [];

  const said: string[] = [];
  const line = (text: string): void => {
    const whole = `[${seconds(elapsedMs()).padStart(8)}] ${printable(text)}`;
    said.push(whole);
    options.write(whole);
  };
  // A build that prints nothing is killed after max-silent-time.
  const beat = (): void => {
    const inner = steps.at(-1);
    const what =
      inner === undefined ? phase : `${inner.name}, since ${seconds(elapsedMs() - inner.startedMs)}`;
    line(`still at it: ${what}${standing === "" ? "" : `; ${standing}`}`);
  };
  const heart = heartbeatMs === null ? undefined : setInterval(beat, heartbeatMs).unref();

  return {
    line,
    about: (who, text) => line(`[${who}] ${text}`),
    phase(name) {
      if (name === phase) return;
      phase = name;
      standing = "";
      options.announce?.(`@nix ${JSON.stringify({ action: "setPhase", phase: name })}`);
      timeline.phase(name);
      line(`phase: ${name}`);
    },
    currentPhase: () => phase,
    async step(name, work) {
      const entry = { name, startedMs: elapsedMs() };
      steps.push(entry);
      line(name);
      try {
        const result = await work();
        line(`(finished: ${name}, in ${seconds(elapsedMs() - entry.startedMs)})`);
        return result;
      } finally {
        steps.splice(steps.indexOf(entry), 1);
      }
    },
    standing(text) {
      standing = text;
    },
    elapsedMs,
    lines: () => said,
    timeline,
    [Symbol.dispose]: () => clearInterval(heart),
  };
}

/** Such as "0.04 s", "6.9 s" or "81 s". */
export function seconds(ms: number): string {
  const value = ms / 1000;
  return `${value < 1 ? value.toFixed(2) : value < 60 ? value.toFixed(1) : value.toFixed(0)} s`;
}
