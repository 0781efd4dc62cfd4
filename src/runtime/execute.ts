import type { Access } from "../contract/machine.ts";
import type { RequestOf } from "../contract/agent.ts";
import type { RunCommand } from "../contract/stage-config.ts";
import { GuestError } from "../errors.ts";
import type { Console } from "./console.ts";
import type { StageContext } from "./context.ts";
import { appendTo } from "./log-file.ts";
import { seconds } from "./log.ts";
import type { Pair } from "./pair.ts";
import { createPhaseWatch } from "./phase-watch.ts";
import { followAgent } from "./timeline/agent-steps.ts";
import { watchSession } from "./timeline/watch-session.ts";

/** One command of a user, with everything that the agent has to know to run it. */
export interface Execution {
  readonly command: RunCommand;
  /** File name of its script in xchg/run. */
  readonly script: string;
  readonly access: Access;
  readonly hostKey: string;
  readonly outputs: RequestOf<"execute">["outputs"];
  readonly collect: RequestOf<"execute">["collect"];
  /** Nobody needs the guest after it. */
  readonly last: boolean;
  readonly setClockEpochSeconds: number | null;
  readonly loginTimeoutMs: number;
  readonly sessionTimeoutMs: number;
  /** A shell for whoever is at the console, before or after the command or in its place. */
  readonly shell?: { readonly when: "before" | "after" | "instead"; readonly console: Console };
  /** The folder that is X: in the guest. */
  readonly xchg: string;
  /** File that gets what the command prints, as it comes. */
  readonly logFile: string;
}

/** A revived guest has somebody at its console already; under emulation a task takes some seconds. */
const desktopSeconds = 60;

/** How a command ended; `phase` is the last one that a builder announced. */
export interface Ended {
  /** All 32 bits. */
  readonly exitCode: number;
  readonly phase: string | undefined;
}

/** In the timeline only: each of them takes a moment, and a failure of one names itself. */
const quietSteps: ReadonlySet<string> = new Set(["prepare", "banner", "key-exchange", "logout"]);

/** Has the agent run the command; its output is shown as it comes. Throws GuestError where casement's own part fails. */
export async function execute(pair: Pair, execution: Execution, context: StageContext): Promise<Ended> {
  const { command, access, loginTimeoutMs } = execution;
  const phases = createPhaseWatch();
  const keep = appendTo(execution.logFile, context.vitals);
  using steps = followAgent(context.log.timeline);
  using _ = watchSession(execution.xchg, (name) => steps.ended(name));
  const done = await pair.agent.request(
    {
      type: "execute",
      access: access.kind,
      user: access.user,
      password: access.password,
      hostKey: execution.hostKey,
      timeoutMs: loginTimeoutMs,
      kind: command.kind,
      script: execution.script,
      environment: command.environment,
      passAsFile: Object.keys(command.passAsFile),
      structuredAttributes: command.attributes !== null,
      outputs: execution.outputs,
      makeOutputs: command.makeOutputs,
      collect: execution.collect,
      shell:
        execution.shell === undefined
          ? null
          : { when: execution.shell.when, terminal: execution.shell.console.terminal },
      desktopSeconds: command.desktop ? desktopSeconds : null,
      last: execution.last,
      setClockEpochSeconds: execution.setClockEpochSeconds,
      // The runtime counts the same time from its own start, and so is the first to say that it is over.
      sessionTimeoutMs: execution.sessionTimeoutMs,
    },
    {
      stage: context.log.currentPhase(),
      firstNewsMs: loginTimeoutMs + 15_000,
      onOutput: (stream, data) => {
        context.output(stream, data);
        keep(data);
        phases.push(stream, data);
      },
      console: execution.shell?.console,
      onStep: (name, elapsedMs) => {
        steps.ended(name);
        if (!quietSteps.has(name)) context.log.about("agent", `${name} (${seconds(elapsedMs)})`);
      },
    },
  );
  steps.done();
  if (done.exitCode === null) throw new GuestError("run", "the agent ended the command without an exit code");
  return { exitCode: done.exitCode, phase: phases.current() };
}
