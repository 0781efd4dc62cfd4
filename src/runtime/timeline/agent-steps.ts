import type { OpenStep, TimelineRecorder } from "./recorder.ts";

/**
 * The steps of an execute request in their order: the name that says that one has ended, and how a timeline calls it. The end of
 * `command` is not the agent's to see: watch-session.ts does. `optional`: it may not take place, or not be told.
 */
const steps = [
  { ended: "banner", title: "waits for sshd's first word" },
  { ended: "key-exchange", title: "exchanges keys" },
  { ended: "login", title: "logs in" },
  // They are laid out while it logs in: what is left of it.
  { ended: "prepare", title: "lays out the session's files" },
  { ended: "map-drives", title: "maps the drives" },
  { ended: "command", title: "runs the command" },
  { ended: "pack", title: "packs the outputs", optional: true },
  { ended: "execute", title: "unmaps the drives" },
  { ended: "logout", title: "logs out" },
] as const;

/** Steps of the agent in the timeline; leaving the scope ends the one that goes on, as failed where the request is not done. */
export interface AgentSteps extends Disposable {
  /** A step has ended, and the next has begun. Names that are unknown, or come too late, change nothing. */
  ended(name: string): void;
  /** The request is done. */
  done(): void;
}

/**
 * Follows an execute request. Both ends of a step are taken by the runtime's clock, when the agent's word arrives: the
 * controller's clock is its VM's own, stands still while that is paused, and may have been frozen with it. What that costs
 * is what the word takes through the port, a millisecond or two; and no step can lie outside of what the runtime waited for.
 */
export function followAgent(timeline: TimelineRecorder): AgentSteps {
  let at = 0;
  let open: OpenStep | undefined = timeline.begin("agent", steps[0].title);
  return {
    ended(name) {
      const last = steps.findIndex(({ ended }) => ended === name);
      if (open === undefined || last < at) return;
      open.done(titleOf(at, last));
      at = last + 1;
      const next = steps[at];
      open = next === undefined ? undefined : timeline.begin("agent", next.title);
    },
    done() {
      const step = steps[at];
      if (step !== undefined && "optional" in step) open?.forget();
      else open?.done();
      open = undefined;
    },
    [Symbol.dispose]: () => open?.[Symbol.dispose](),
  };
}

/** Of steps whose ends were not told apart. */
function titleOf(first: number, last: number): string {
  return steps
    .slice(first, last + 1)
    .filter((step, index, all) => !("optional" in step) || index === all.length - 1)
    .map(({ title }) => title)
    .join(", ");
}
