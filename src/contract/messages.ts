import { z } from "zod";
import { accessKindSchema } from "./machine.ts";

/**
 * Messages between the runtime (in the derivation) and the agent (in the controller): one JSON object a line over a
 * virtio-serial port. The agent of a controller that is to be frozen says `asleep` first, and is woken by a line (encodeWake).
 * The agent says `hello` when it runs and `ready` when the shares are up. From the hello on the runtime sends one
 * request at a time, the agent sends events with the request's id and ends it with `done` or `failed`. While an interactive
 * request runs, what a person types goes to it as input.
 */
export const messagesVersion = 1;

const login = {
  address: z.string(),
  port: z.int(),
  user: z.string(),
  password: z.string(),
  /** OpenSSH public key line; any other host key ends the request. */
  hostKey: z.string(),
  /** Which shell the command line of a session is for. */
  access: accessKindSchema,
  /** For the login alone in execute, for the whole session in the others. */
  timeoutMs: z.int().positive(),
};

/**
 * For something that has to run at the desktop, in the session of whoever is logged on at the console: seconds that may pass until it
 * runs there. Null: nothing has to.
 */
const desktopSeconds = z.int().positive().nullable();

export const requestSchema = z.discriminatedUnion("type", [
  /** Waits until the guest's sshd sends its banner. */
  z.strictObject({
    id: z.int(),
    type: z.literal("wait-for-ssh"),
    address: z.string(),
    port: z.int(),
    timeoutMs: z.int().positive(),
  }),
  /** Overwrites the guest's free memory with zeros: what a freeze need not keep. */
  z.strictObject({ id: z.int(), type: z.literal("zero-free-memory"), ...login }),
  /** Logs in, maps the drives, reads and writes through them, unmaps them and logs out, at the desktop as well where there is one: what a freeze has to leave behind is nothing. */
  z.strictObject({ id: z.int(), type: z.literal("check-session"), ...login, desktopSeconds }),
  /** What keeps the guest busy (process list), for the message of a snapshot that never got quiet. */
  z.strictObject({ id: z.int(), type: z.literal("describe-load"), ...login }),
  /** Runs the script that lies in xchg/run and brings its outputs back. */
  z.strictObject({
    id: z.int(),
    type: z.literal("execute"),
    ...login,
    kind: z.enum(["bash", "cmd", "powershell"]),
    /** File name inside xchg/run. */
    script: z.string(),
    environment: z.record(z.string(), z.string()),
    /** Names whose content lies in xchg/run/attributes: the variable NAMEPath names a copy on the guest's disk. */
    passAsFile: z.array(z.string()),
    /** True: .attrs.json and .attrs.sh lie there too, and NIX_ATTRS_JSON_FILE and NIX_ATTRS_SH_FILE name them. */
    structuredAttributes: z.boolean(),
    /** Store path of each output; bash sees it at that path, native programs below guest.outputs. */
    outputs: z.record(z.string(), z.string()),
    /** Whether each output is an empty folder when the command starts. */
    makeOutputs: z.boolean(),
    /** Whether the outputs come back: after a 0, after a failure, too, or not at all. */
    collect: z.enum(["success", "always", "never"]),
    /**
     * A shell in the command's session, with its variables and drives, before or after it, or `instead`: the command is one itself,
     * and what is typed is its input. Null for none.
     */
    shell: z
      .strictObject({
        when: z.enum(["before", "after", "instead"]),
        /** A terminal of this kind and size; null where input and output are pipes. */
        terminal: z.strictObject({ type: z.string(), columns: z.int(), rows: z.int() }).nullable(),
      })
      .nullable(),
    desktopSeconds,
    /** The guest goes after it: done when the command's outputs are packed, and nobody waits until the drives are unmapped. */
    last: z.boolean(),
    /** Seconds since 1970 to set the guest's clock to first; null leaves it. */
    setClockEpochSeconds: z.int().nullable(),
    /** For the whole session, from the login to the logout. */
    sessionTimeoutMs: z.int().positive(),
  }),
  /** What the generators of agent and kernel give next, as JSON in `text`: the freeze of a controller compares two that are revived. */
  z.strictObject({ id: z.int(), type: z.literal("draw-randomness") }),
  /** Has the guest restart or shut down; done when it was told to, not when it is down. */
  z.strictObject({
    id: z.int(),
    type: z.literal("power"),
    action: z.enum(["restart", "shut-down"]),
    ...login,
  }),
  /** Ends the agent, and the controller with it. */
  z.strictObject({ id: z.int(), type: z.literal("power-off") }),
]);
export type Request = z.infer<typeof requestSchema>;

/** What a person types while a request with a shell runs; `id` is the request's. */
export const inputSchema = z.discriminatedUnion("type", [
  /** Bytes (base64). */
  z.strictObject({ id: z.int(), type: z.literal("input"), data: z.string() }),
  z.strictObject({ id: z.int(), type: z.literal("end-of-input") }),
  z.strictObject({ id: z.int(), type: z.literal("window"), columns: z.int(), rows: z.int() }),
]);
export type Input = z.infer<typeof inputSchema>;
export type RequestOf<T extends Request["type"]> = Extract<Request, { type: T }>;

export const eventSchema = z.discriminatedUnion("type", [
  /** Everything is in memory and nothing of the host in use, so that the controller can be frozen. */
  z.strictObject({ type: z.literal("asleep") }),
  z.strictObject({ type: z.literal("hello"), version: z.literal(messagesVersion) }),
  /** Samba listens; shares can be used. */
  z.strictObject({ type: z.literal("ready") }),
  /** A step of a request, with the time since it began; for the log and the timeline. */
  z.strictObject({ type: z.literal("step"), id: z.int(), name: z.string(), elapsedMs: z.number() }),
  /** What the command wrote, as it came (base64, because it need not be UTF-8). */
  z.strictObject({
    type: z.literal("output"),
    id: z.int(),
    stream: z.enum(["stdout", "stderr"]),
    data: z.string(),
  }),
  z.strictObject({
    type: z.literal("done"),
    id: z.int(),
    /** For execute: the command's whole code, unsigned 32 bits; null for other requests. */
    exitCode: z.int().min(0).max(0xffff_ffff).nullable(),
    /** For describe-load lines to print, for draw-randomness JSON, for zero-free-memory how much it was in MiB. */
    text: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal("failed"),
    id: z.int(),
    /** What was being done: connect, host-key, login, map-drives, desktop, execute, collect. */
    step: z.string(),
    reason: z.string(),
    observation: z.string().optional(),
  }),
]);
export type AgentEvent = z.infer<typeof eventSchema>;

/** Wakes a revived controller and sets its clock, seconds since 1970. No JSON: the agent hands it on to a shell. */
export function encodeWake(epochSeconds: number): string {
  return `wake ${epochSeconds}\n`;
}

/** One line, newline included. */
export function encodeMessage(message: Request | Input | AgentEvent): string {
  return `${JSON.stringify(message)}\n`;
}
