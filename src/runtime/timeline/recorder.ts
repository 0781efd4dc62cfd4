import {
  type Timeline,
  type TimelineSpan,
  type TimelineStep,
  timelineVersion,
} from "../../contract/timeline.ts";

/** A step that goes on. Leaving its scope before it is done means that it failed. */
export interface OpenStep extends Disposable {
  /** Ends it well; with another name where only its end tells what it was. */
  done(name?: string): void;
  /** It did not take place. */
  forget(): void;
}

/** Takes down when the steps of a stage begin and end. */
export interface TimelineRecorder {
  begin(who: TimelineStep["who"], name: string): OpenStep;
  /** Does the work as one step; its failure is the caller's. */
  step<T>(who: TimelineStep["who"], name: string, work: () => Promise<T>): Promise<T>;
  /** A step that has ended well just now. */
  ended(who: TimelineStep["who"], name: string, startMs: number): void;
  /** Ends the phase before it. */
  phase(name: string): void;
  /** Everything up to now; what goes on is unfinished. */
  read(title: string): Timeline;
}

interface Taken {
  readonly who: TimelineStep["who"];
  name: string;
  readonly startMs: number;
  end?: { readonly ms: number; readonly outcome: "done" | "failed" };
}

/** A recorder on the stage's clock. */
export function createRecorder(elapsedMs: () => number): TimelineRecorder {
  const taken: Taken[] = [];
  const phases: { readonly name: string; readonly startMs: number }[] = [];
  const begin = (who: TimelineStep["who"], name: string): OpenStep => {
    const step: Taken = { who, name, startMs: elapsedMs() };
    taken.push(step);
    return {
      done(other) {
        step.name = other ?? step.name;
        step.end ??= { ms: elapsedMs(), outcome: "done" };
      },
      forget() {
        taken.splice(taken.indexOf(step), 1);
      },
      [Symbol.dispose]() {
        step.end ??= { ms: elapsedMs(), outcome: "failed" };
      },
    };
  };
  return {
    begin,
    async step(who, name, work) {
      using step = begin(who, name);
      const result = await work();
      step.done();
      return result;
    },
    ended(who, name, startMs) {
      taken.push({ who, name, startMs, end: { ms: elapsedMs(), outcome: "done" } });
    },
    phase(name) {
      phases.push({ name, startMs: elapsedMs() });
    },
    read(title) {
      const nowMs = elapsedMs();
      return {
        version: timelineVersion,
        title,
        totalMs: rounded(nowMs),
        phases: phases.map(
          ({ name, startMs }, index): TimelineSpan => ({
            name,
            startMs: rounded(startMs),
            endMs: rounded(phases[index + 1]?.startMs ?? nowMs),
          }),
        ),
        steps: taken
          .map(
            (step): TimelineStep => ({
              who: step.who,
              name: step.name,
              startMs: rounded(step.startMs),
              endMs: rounded(step.end?.ms ?? nowMs),
              outcome: step.end?.outcome ?? "unfinished",
            }),
          )
          .toSorted((a, b) => a.startMs - b.startMs),
      };
    },
  };
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
