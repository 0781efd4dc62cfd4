import type { Duplex } from "node:stream";
import type { AccessKind } from "./machine.ts";

/**
 * What the runtime asks of the agent. The agent is a module of its own, which the runtime loads from the path in its
 * configuration: what it does in a session is not in the hash of an image. One request at a time.
 */
export const agentVersion = 2;

/** What the file of the agent exports. */
export interface AgentModule {
  readonly agentVersion: number;
  readonly createAgent: (surroundings: AgentSurroundings) => Agent;
}

/** How the agent reaches the guest, and what it finds beside it. */
export interface AgentSurroundings {
  /** Folder that is X: in the guest. */
  readonly xchg: string;
  /** A new connection to the guest's SSH port, by way of the controller; the one before it is closed by then. An AbortSignal ends the attempt. */
  readonly connect: (signal: AbortSignal) => Promise<Duplex>;
  /** The controller's TCP connections, as proc_net_tcp(5) has them. */
  readonly connections: () => Promise<string>;
  /** Settles when the shares can be used. */
  readonly shares: Promise<void>;
}

export interface Agent {
  /** Ends with what came of it; rejects for a fault of the agent's own. */
  request(request: AgentRequest, talk: AgentTalk): Promise<AgentEnd>;
}

/** What goes back and forth while a request is answered. */
export interface AgentTalk {
  /** A step of it has ended; for the log and the timeline. */
  readonly step: (name: string) => void;
  /** What the command wrote, as it came; the guest is read no faster than this settles. */
  readonly output: (stream: "stdout" | "stderr", data: Buffer) => Promise<void>;
  /** What a person types. */
  readonly typed: Typed;
}

/** What a person types at a request with a shell. */
export interface Typed {
  /** Everything that is typed, to its end. */
  readonly bytes: NodeJS.ReadableStream;
  /** Called with each new size of the terminal. */
  onWindow(listener: (columns: number, rows: number) => void): void;
}

/** How a request ended. */
export type AgentEnd =
  | {
      readonly type: "done";
      /** For execute: the command's whole code, unsigned 32 bits; null for other requests. */
      readonly exitCode: number | null;
      /** For describe-load lines to print, for zero-free-memory how much it was in MiB. */
      readonly text?: string;
    }
  | {
      readonly type: "failed";
      /** What was being done. */
      readonly step: AgentStep;
      readonly reason: string;
      /** What was last seen. */
      readonly observation?: string;
    };

/** What an agent was doing when a request failed; the runtime prints it as it is. */
export type AgentStep =
  | "request"
  | "connect"
  | "host-key"
  | "login"
  | "map-drives"
  | "desktop"
  | "execute"
  | "collect"
  | "disconnect";

/** Who logs in, and to what. */
export interface LoginParts {
  readonly user: string;
  readonly password: string;
  /** OpenSSH public key line; any other host key ends the request. */
  readonly hostKey: string;
  /** Which shell the command line of a session is for. */
  readonly access: AccessKind;
  /** For the login alone in execute, for the whole session in the others. */
  readonly timeoutMs: number;
}

/**
 * For something that has to run at the desktop, in the session of whoever is logged on at the console: seconds that may pass until it
 * runs there. Null: nothing has to.
 */
type DesktopSeconds = number | null;

export type AgentRequest =
  /** Waits until the guest's sshd sends its banner. */
  | { readonly type: "wait-for-ssh"; readonly timeoutMs: number }
  /** Overwrites the guest's free memory with zeros: what a freeze need not keep. */
  | ({ readonly type: "zero-free-memory" } & LoginParts)
  /** Logs in, maps the drives, reads and writes through them, unmaps them and logs out, at the desktop as well where there is one: what a freeze has to leave behind is nothing. */
  | ({ readonly type: "check-session"; readonly desktopSeconds: DesktopSeconds } & LoginParts)
  /** What keeps the guest busy (process list), for the message of a snapshot that never got quiet. */
  | ({ readonly type: "describe-load" } & LoginParts)
  | ExecuteRequest
  /** Has the guest restart or shut down; done when it was told to, not when it is down. */
  | ({ readonly type: "power"; readonly action: "restart" | "shut-down" } & LoginParts);

/** Runs the script that lies in xchg/run and brings its outputs back. */
export interface ExecuteRequest extends LoginParts {
  readonly type: "execute";
  readonly kind: "bash" | "cmd" | "powershell";
  /** File name inside xchg/run. */
  readonly script: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Names whose content lies in xchg/run/attributes: the variable NAMEPath names a copy on the guest's disk. */
  readonly passAsFile: readonly string[];
  /** True: .attrs.json and .attrs.sh lie there too, and NIX_ATTRS_JSON_FILE and NIX_ATTRS_SH_FILE name them. */
  readonly structuredAttributes: boolean;
  /** Store path of each output; bash sees it at that path, native programs below guest.outputs. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Whether each output is an empty folder when the command starts. */
  readonly makeOutputs: boolean;
  /** Whether the outputs come back: after a 0, after a failure, too, or not at all. */
  readonly collect: "success" | "always" | "never";
  /**
   * A shell in the command's session, with its variables and drives, before or after it, or `instead`: the command is one itself,
   * and what is typed is its input. Null for none.
   */
  readonly shell: {
    readonly when: "before" | "after" | "instead";
    /** A terminal of this kind and size; null where input and output are pipes. */
    readonly terminal: { readonly type: string; readonly columns: number; readonly rows: number } | null;
  } | null;
  readonly desktopSeconds: DesktopSeconds;
  /** The guest goes after it: done when the command's outputs are packed, and nobody waits until the drives are unmapped. */
  readonly last: boolean;
  /** Seconds since 1970 to set the guest's clock to first; null leaves it. */
  readonly setClockEpochSeconds: number | null;
  /** For the whole session, from the login to the logout. */
  readonly sessionTimeoutMs: number;
}

export type RequestOf<T extends AgentRequest["type"]> = Extract<AgentRequest, { type: T }>;
