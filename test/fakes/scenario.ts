import type { AgentEnd } from "../../src/contract/agent.ts";

/** What the fake QEMU and the fake agent do; all of it is optional, and nothing given is a machine that works. */
export interface Scenario {
  readonly guest?: {
    /** Says this on stderr and exits at once. */
    readonly exitAtOnce?: { readonly code: number; readonly stderr: string };
    /** What happens by itself after `cont`-less start, in order. */
    readonly script?: readonly GuestStep[];
    /** query-migrate answers with this error. */
    readonly migrateError?: string;
    /** migrate-incoming makes it exit with this on stderr. */
    readonly loadError?: string;
    /** How long a screenshot takes. */
    readonly screendumpMs?: number;
    /** Uses CPU without end. */
    readonly busy?: boolean;
  };
  readonly controller?: {
    readonly exitAtOnce?: { readonly code: number; readonly stderr: string };
    /** query-migrate answers with this error. */
    readonly migrateError?: string;
    /** Starts and says nothing. */
    readonly silent?: boolean;
    /** A line that is no word. */
    readonly noise?: string;
    /** Its generator gives the same in each start. */
    readonly sameRandom?: boolean;
    /** What the guest's sshd says first on each connection that is relayed; without it nobody answers there. */
    readonly banner?: string;
  };
  readonly agent?: {
    /** What comes of each type of request. Without an entry a request is done at once. */
    readonly answers?: Readonly<Record<string, readonly AgentAnswer[]>>;
    /** What the guest says by QMP when it is told to restart or shut down; without an entry, RESET or SHUTDOWN. */
    readonly power?: Readonly<Partial<Record<"restart" | "shut-down", readonly string[]>>>;
    /** Relative path -> content, packed as xchg/outputs.tar before an execute ends. */
    readonly result?: Readonly<Record<string, string>>;
  };
}

export type GuestStep =
  | { readonly waitMs: number }
  | { readonly say: string }
  | { readonly event: string; readonly data?: Readonly<Record<string, unknown>> }
  /** Adds to the bytes that disk0 has written. */
  | { readonly write: number }
  | { readonly exit: number }
  | { readonly signal: NodeJS.Signals };

export type AgentAnswer =
  | { readonly type: "step"; readonly name: string }
  | { readonly type: "output"; readonly stream: "stdout" | "stderr"; readonly text: string }
  /** What follows happens after the request's end. */
  | AgentEnd
  | { readonly waitMs: number }
  | { readonly never: true }
  /** A file in xchg that the guest makes then. */
  | { readonly writes: string }
  /** The session packs its result then. */
  | { readonly packs: true }
  /** What the guest says by QMP then, such as RESET. */
  | { readonly guest: string }
  /** Writes to stdout what the controller answers: the first words on a new connection to the guest, which it closes then, or the table of connections. */
  | { readonly asks: "connection" | "connections" };
