import type { SnapshotStage } from "../contract/stage-config.ts";
import { exitCodes, GuestError } from "../errors.ts";
import type { StageContext } from "./context.ts";
import { seconds } from "./log.ts";
import type { Pair } from "./pair.ts";
import { describeReading, untilQuiet } from "./quiet.ts";

/** Under emulation a login, two drives and a read and a write through each take their time. */
const sessionTimeoutMs = 180_000;

/** Under emulation, on a machine that has other work, a guest zeroes 4 GiB in 17 s. */
const zeroingMsPerMiB = 20;

/** Waits until the guest's sshd answers. */
export async function untilBooted(
  pair: Pair,
  config: { readonly settings: { readonly bootMinutes: number } },
): Promise<void> {
  const timeoutMs = config.settings.bootMinutes * 60_000;
  await pair.agent.request(
    { type: "wait-for-ssh", timeoutMs },
    { stage: "boot", timeoutMs: timeoutMs + 15_000 },
  );
}

/**
 * Has the guest fill its free memory with zeros, which become holes, where there is a bash for it. What follows brings back into
 * its cache what a session needs.
 */
export async function zeroFreeMemory(
  pair: Pair,
  parts: { readonly config: SnapshotStage; readonly hostKey: string },
  context: StageContext,
): Promise<void> {
  const { access, hardware } = parts.config;
  // Windows zeroes by itself what is free, and keeps its cached files then.
  if (access.kind !== "cygwin") return;
  const timeoutMs = sessionTimeoutMs + hardware.memoryMiB * zeroingMsPerMiB;
  const { text } = await pair.agent.request(
    { type: "zero-free-memory", ...login(parts), timeoutMs },
    { stage: "check", timeoutMs: timeoutMs + 60_000 },
  );
  context.log.line(`the guest has zeroed ${text ?? "?"} MiB of ${hardware.memoryMiB}`);
}

/** Proves one whole session, and the desktop where there has to be one. Its end closes every connection: a frozen one would meet a controller that knows nothing of it. */
export async function checkSession(
  pair: Pair,
  parts: { readonly config: SnapshotStage; readonly hostKey: string },
  context: StageContext,
): Promise<void> {
  const { desktop, settings } = parts.config;
  // The automatic logon comes some time after sshd, and the first one is slow.
  const desktopSeconds = desktop ? Math.ceil(settings.bootMinutes * 60) : null;
  // It counts its seconds by waits of one, and under emulation each takes longer: it is to say itself who is missing.
  const timeoutMs = sessionTimeoutMs + 2 * (desktopSeconds ?? 0) * 1000;
  await pair.agent.request(
    { type: "check-session", ...login(parts), timeoutMs, desktopSeconds },
    {
      stage: "check",
      timeoutMs: timeoutMs + 60_000,
      onStep: (name, elapsedMs) => context.log.about("agent", `${name} (${seconds(elapsedMs)})`),
    },
  );
}

/** Waits until the guest is quiet; a GuestError names what keeps it busy when the cap comes first. */
export async function settle(
  pair: Pair,
  parts: { readonly config: SnapshotStage; readonly hostKey: string },
  context: StageContext,
): Promise<void> {
  const { log, vitals } = context;
  const { quiet } = parts.config.settings;
  const reading = await untilQuiet(pair.guest, quiet, { vitals, log });
  if (reading.quiet) return log.line(`quiet: ${describeReading(reading)}`);
  const load = await pair.agent
    .request({ type: "describe-load", ...login(parts) }, { stage: "quiet", timeoutMs: sessionTimeoutMs })
    .then((done) => done.text ?? "(the agent gave no list)")
    .catch((error: unknown) => `(no list: ${error instanceof Error ? error.message : String(error)})`);
  throw new GuestError(
    "quiet",
    `the guest was not quiet within ${quiet.capMinutes} minutes: ${describeReading(reading)}; ` +
      `allowed: below ${quiet.cpuPercent} % and ${quiet.diskKiBPerSecond} KiB/s for ${quiet.seconds} s`,
    {
      observation: `what runs in the guest:\n${load}`,
      hint: "Frozen in, it would burn CPU in every run: switch it off in the guest, or raise snapshot.quiet in the spec.",
      exitCode: exitCodes.timeout,
    },
  );
}

function login(parts: { readonly config: SnapshotStage; readonly hostKey: string }) {
  const { kind, user, password } = parts.config.access;
  return {
    access: kind,
    user,
    password,
    hostKey: parts.hostKey,
    timeoutMs: sessionTimeoutMs,
  };
}
