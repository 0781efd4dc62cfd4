import { join } from "node:path";
import { commandLog } from "../../contract/filenames.ts";
import type { SnapshotRecord } from "../../contract/records.ts";
import type { TestNodeStage } from "../../contract/stage-config.ts";
import { GuestError } from "../../errors.ts";
import { guestTitle, type StageContext } from "../context.ts";
import { inWorkspace, type Place } from "../evidence.ts";
import { execute } from "../execute.ts";
import { clockToSet, sayClockJump, warnOfExpiry } from "../guest-time.ts";
import { assertAccelerator, assertPrograms } from "../host.ts";
import type { Pair } from "../pair.ts";
import { loadParents } from "../parents.ts";
import { powerTimeoutMs } from "../power-watch.ts";
import { revive } from "../revive.ts";
import { untilBooted } from "../settle.ts";
import { renderBackdoor } from "../test-driver/backdoor.ts";
import { playMissingQemu } from "../test-driver/missing-qemu.ts";
import { createPower, type Power } from "../test-driver/power.ts";
import { writeSharedScript } from "../test-driver/shared-script.ts";
import { connectDriverShell, type DriverShell } from "../test-driver/shell.ts";
import { type DriverWords, parseDriverWords } from "../test-driver/words.ts";
import { within } from "../vitals.ts";

/** The driver has a limit for the whole test. */
const sessionTimeoutMs = 7 * 24 * 3600 * 1000;
const bootMinutes = 30;
/** The driver's signal leaves 2.5 s for everything (runtime/main.ts), and the logs come after the picture. */
const screenshotTimeoutMs = 1000;

/**
 * Revives the snapshot as a machine of a NixOS test: on the test's network, with a shell that its driver types into, until the driver
 * ends it or the guest shuts down. The last screenshot and the logs stay in the folder `evidence` of the driver's folder for this machine.
 */
export async function serveTest(config: TestNodeStage, context: StageContext): Promise<void> {
  const { log } = context;
  const words = parseDriverWords(context.flags);
  // First of all: until there is a shell, the driver can only wait.
  using shell = await connectDriverShell(words.shell);
  try {
    const record = await loadParents(config, context.host);
    warnOfExpiry(config, context, record);
    await assertPrograms(config.tools);
    await assertAccelerator(config.hardware.accelerator);
    await inWorkspace(config, context, async (place) => {
      log.line(
        `node ${config.name}: revives ${guestTitle(config)}, accelerator ${config.hardware.accelerator}`,
      );
      if (words.refused.length > 0) log.line(`not for this machine: ${words.refused.join(" ")}`);
      log.line(`node ${config.name}: ${await serve(config, context, { place, record, words, shell })}`);
      await place.keepScreenshot("screenshot", screenshotTimeoutMs);
      await place.keepLogs(join(context.top, "evidence"));
    });
  } catch (error) {
    await playMissingQemu(words);
    throw error;
  }
}

interface Parts {
  readonly place: Place;
  readonly record: SnapshotRecord;
  readonly words: DriverWords;
  readonly shell: DriverShell;
}

/** Returns why there is nothing more to do. */
async function serve(config: TestNodeStage, context: StageContext, parts: Parts): Promise<string> {
  const { vitals } = context;
  const { words, shell } = parts;
  const power = createPower(words);
  void shell.closed.then(() => power.end("the test's driver has closed its shell"));
  try {
    const pair = await revive(config, context, {
      ...parts,
      surroundings: { ...words, xchg: words.shared, onPower: power.onPower },
    });
    pair.guest.qmp.onEvent(power.onEvent);
    await pair.shares;
    await pair.guest.execute("cont");
    sayClockJump(config, context, parts.record);
    return await vitals.race(
      Promise.race([power.ended, serveSessions(config, context, { ...parts, pair, power })]),
    );
  } catch (error) {
    // The driver ends its machines by a signal.
    if (context.ended()) return "ended by the test's driver";
    throw error;
  }
}

/** One session after the other: a restart of the guest ends one. Does not return. */
async function serveSessions(
  config: TestNodeStage,
  context: StageContext,
  parts: Parts & { readonly pair: Pair; readonly power: Power },
): Promise<never> {
  const { pair, power } = parts;
  let { hosts } = config;
  for (;;) {
    const lost = await serveSession(config, context, { ...parts, script: renderBackdoor(hosts) });
    context.log.line(`the shell is gone (${lost.message}); waits until the guest restarts or has shut down`);
    await within(power.restarted(), powerTimeoutMs, () => lost);
    context.log.line("the guest restarts; the shell comes back when it is up");
    await untilBooted(pair, { settings: { bootMinutes } });
    hosts = [];
  }
}

/** Returns why the session is no more; throws where there never was one. */
async function serveSession(
  config: TestNodeStage,
  context: StageContext,
  { pair, place, record, words, shell, script }: Parts & { readonly pair: Pair; readonly script: string },
): Promise<Error> {
  const file = await writeSharedScript(words.shared, "backdoor.sh", script);
  const command = {
    kind: "bash" as const,
    script: file,
    environment: {},
    passAsFile: {},
    attributes: null,
    makeOutputs: false,
    desktop: false,
  };
  let greeted = false;
  try {
    const { exitCode } = await execute(
      pair,
      {
        command,
        script: file,
        access: config.access,
        hostKey: record.hostKey,
        outputs: {},
        collect: "never",
        last: false,
        setClockEpochSeconds: clockToSet(config, context),
        loginTimeoutMs: Math.round(config.settings.reviveSeconds * 1000),
        sessionTimeoutMs,
        shell: { when: "instead", console: shell.console },
        xchg: words.shared,
        logFile: join(place.workspace.path("evidence"), commandLog),
      },
      {
        ...context,
        output: (stream, data) => {
          if (stream === "stderr") return context.output(stream, data);
          greeted = true;
          shell.write(data);
        },
      },
    );
    throw new GuestError(
      "run",
      `the shell for the test's driver ended with ${exitCode}, and nothing had told it to`,
    );
  } catch (error) {
    if (!greeted || !(error instanceof GuestError)) throw error;
    return error;
  }
}
