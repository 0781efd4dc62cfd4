import { PassThrough } from "node:stream";
import { pathToFileURL } from "node:url";
import {
  agentVersion,
  type Agent,
  type AgentEnd,
  type AgentModule,
  type AgentRequest,
  type AgentSurroundings,
  type Typed,
} from "../contract/agent.ts";
import { GuestError, ToolError } from "../errors.ts";
import type { Console } from "./console.ts";
import { type Vitals, within } from "./vitals.ts";

export type AgentDone = Extract<AgentEnd, { type: "done" }>;

export interface RequestOptions {
  /** For messages: GuestError's stage. */
  readonly stage: string;
  /** The agent has to end the request within this; its own deadlines are shorter and say more. */
  readonly timeoutMs?: number;
  /** The agent has to say anything about the request within this. */
  readonly firstNewsMs?: number;
  /** What is typed here goes to the request while it runs. */
  readonly console?: Console | undefined;
  readonly onOutput?: (stream: "stdout" | "stderr", data: Buffer) => void;
  /** With the time since the request began. */
  readonly onStep?: (name: string, elapsedMs: number) => void;
}

/** The agent as the stages use it; one request at a time. */
export interface AgentClient {
  /** Ends with `done`; `failed` is a GuestError that names the step. */
  request(request: AgentRequest, options: RequestOptions): Promise<AgentDone>;
}

/** Loads the agent from its file. Throws ToolError where that is none of this version. */
export async function loadAgent(file: string): Promise<AgentModule> {
  const hint = "Runtime and agent have to come from the same version of Casement.";
  const loading = import(pathToFileURL(file).href).catch((error: unknown) => {
    throw new ToolError(`${file}: cannot be loaded as an agent: ${String(error)}`, { hint });
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- looked at in the next lines
  const loaded = (await loading) as Partial<AgentModule>;
  const { createAgent } = loaded;
  if (loaded.agentVersion === agentVersion && createAgent !== undefined) return { agentVersion, createAgent };
  throw new ToolError(
    `${file}: is no agent of version ${agentVersion}, got ${loaded.agentVersion ?? "none"}`,
    { hint },
  );
}

/**
 * The agent of a file in these surroundings. Its first request loads it: reading it takes the runtime tens of milliseconds, in which it starts
 * no machine, and which a guest that goes on needs anyway until its sshd answers.
 */
export function openAgent(file: string, surroundings: AgentSurroundings, vitals: Vitals): AgentClient {
  let client: Promise<AgentClient> | undefined;
  return {
    async request(request, options) {
      client ??= loadAgent(file).then((module) => createAgentClient(module, surroundings, vitals));
      return (await vitals.race(client)).request(request, options);
    },
  };
}

/** An agent in these surroundings. */
export function createAgentClient(
  { createAgent }: AgentModule,
  surroundings: AgentSurroundings,
  vitals: Vitals,
): AgentClient {
  const agent = createAgent(surroundings);
  return {
    async request(request, options) {
      const call = callAgent(agent, request, options);
      const late = (what: string, timeoutMs: number) => (): GuestError =>
        new GuestError(
          options.stage,
          `waited ${timeoutMs / 1000} s for the agent to ${what} ${request.type}`,
          {
            observation: `its last step was: ${call.lastStep()}`,
          },
        );
      const { firstNewsMs, timeoutMs } = options;
      try {
        if (firstNewsMs !== undefined)
          await within(vitals.race(call.heard), firstNewsMs, late("begin", firstNewsMs));
        const end = await (timeoutMs === undefined
          ? vitals.race(call.end)
          : within(vitals.race(call.end), timeoutMs, late("end", timeoutMs)));
        if (end.type === "done") return end;
        const { step, reason, observation } = end;
        throw new GuestError(
          options.stage,
          `${step}: ${reason}`,
          observation === undefined ? {} : { observation },
        );
      } finally {
        call[Symbol.dispose]();
      }
    },
  };
}

interface Call extends Disposable {
  readonly end: Promise<AgentEnd>;
  /** Settles with its first news. */
  readonly heard: Promise<void>;
  readonly lastStep: () => string;
}

/** Nothing is told of a call whose scope was left. */
function callAgent(agent: Agent, request: AgentRequest, options: RequestOptions): Call {
  const started = performance.now();
  const heard = Promise.withResolvers<void>();
  let lastStep = "none yet";
  let isOver = false;
  const input = attach(options.console);
  const end = agent.request(request, {
    step(name) {
      if (isOver) return;
      lastStep = name;
      heard.resolve();
      options.onStep?.(name, Math.round((performance.now() - started) * 10) / 10);
    },
    async output(stream, data) {
      if (isOver) return;
      heard.resolve();
      options.onOutput?.(stream, data);
    },
    typed: input.typed,
  });
  // It ends in its own time where nobody waits for it any more.
  end.catch(() => undefined);
  void end.then(() => heard.resolve(), heard.reject);
  heard.promise.catch(() => undefined);
  return {
    end,
    heard: heard.promise,
    lastStep: () => lastStep,
    [Symbol.dispose]() {
      isOver = true;
      input.detach();
    },
  };
}

/** What a person types at this console, for a request. */
function attach(console: Console | undefined): { readonly typed: Typed; readonly detach: () => void } {
  const bytes = new PassThrough();
  let onWindow: (columns: number, rows: number) => void = () => undefined;
  const attached = console?.attach({
    data: (typed) => void bytes.write(typed),
    end: () => void bytes.end(),
    window: (columns, rows) => onWindow(columns, rows),
  });
  return {
    typed: {
      bytes,
      onWindow(listener) {
        onWindow = listener;
      },
    },
    detach: () => attached?.[Symbol.dispose](),
  };
}
