import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { TestNodeStage } from "../../../src/contract/stage-config.ts";
import { ToolError } from "../../../src/errors.ts";
import type { StageContext } from "../../../src/runtime/context.ts";
import { until } from "../../../src/process/until.ts";
import { serveTest } from "../../../src/runtime/stages/test-node.ts";
import type { AgentAnswer, GuestStep, Scenario } from "../../fakes/scenario.ts";
import { startTestDriver, type TestDriver } from "../../fakes/test-driver.ts";
import { assertGone } from "../../support/processes.ts";
import { rejectsWithEvidence } from "../rejects-with-evidence.ts";
import { makeStageFixture, type StageFixture } from "../stage-fixture.ts";

const says = (text: string): AgentAnswer => ({
  type: "output",
  stream: "stdout",
  text,
});
const greets = says("Spawning backdoor root shell...\n");
/** A session that greets and stays. */
const session: readonly AgentAnswer[] = [greets, { never: true }];
const lost: AgentAnswer = { type: "failed", step: "execute", reason: "the connection was lost" };
const shutdown: GuestStep = { event: "SHUTDOWN", data: { guest: true, reason: "guest-shutdown" } };
const reset: GuestStep = { event: "RESET", data: { guest: true, reason: "guest-reset" } };

interface Lab extends AsyncDisposable {
  readonly stage: StageFixture;
  readonly driver: TestDriver;
  readonly config: TestNodeStage;
  /** As the driver starts the machine. */
  readonly context: StageContext;
  /** Ends the stage as the driver does, by SIGTERM. */
  terminate(): void;
  /** The command line of one machine. */
  call(of: "guest" | "controller"): Promise<string>;
}

async function openLab(scenario: Scenario, options: { allowReboot?: boolean } = {}): Promise<Lab> {
  const stage = await makeStageFixture(scenario);
  const shared = join(stage.folder, "shared");
  await mkdir(shared);
  const driver = await startTestDriver(stage.folder, options);
  let ended = false;
  return {
    stage,
    driver,
    config: stage.testNodeConfig,
    context: {
      ...stage.context,
      flags: ["--switch", join(stage.folder, "vde0.ctl"), "--shared", shared, ...driver.words],
      ended: () => ended,
    },
    terminate() {
      ended = true;
      stage.context.vitals.fail(new ToolError("ended by SIGTERM", { exitCode: 143 }));
    },
    async call(of) {
      const calls = (await readFile(join(stage.folder, "calls"), "utf8")).split("\n");
      return calls.find((line) => line.includes("virtserialport") === (of === "controller")) ?? "";
    },
    async [Symbol.asyncDispose]() {
      await driver[Symbol.asyncDispose]();
      await stage[Symbol.asyncDispose]();
    },
  };
}

/** What came to the session as its input. */
async function readTyped(stage: StageFixture): Promise<string> {
  return (await stage.inputs()).map((input) => ("typed" in input ? input.typed : "")).join("");
}

test("joins the test's network with the driver's folder and monitors, and takes nothing else of its words", async () => {
  await using lab = await openLab({ agent: { answers: { execute: session } } });
  const { stage } = lab;
  const running = serveTest(lab.config, lab.context);
  await lab.driver.connect();
  const [guest, controller] = [await lab.call("guest"), await lab.call("controller")];
  for (const call of [guest, controller]) assert.match(call, /"vde,id=net0,sock=[^"]*\/vde0\.ctl"/);
  assert.ok(
    guest.includes(
      `"-qmp","unix:${stage.folder}/qmp,server=on,wait=off","-monitor","unix:${stage.folder}/monitor"`,
    ),
  );
  assert.doesNotMatch(guest, /virtconsole|virtio-rng|no-reboot|nographic/);
  assert.ok(controller.includes(`path=${stage.folder}/shared,`), controller);
  assert.equal(existsSync(join(stage.folder, "switch-pid")), false, "it started a switch of its own");
  const [request] = await stage.requests();
  assert.ok(request?.type === "execute");
  assert.deepEqual(
    [request.kind, request.shell, request.collect, request.outputs],
    ["bash", { when: "instead", terminal: null }, "never", {}],
  );
  const script = await readFile(join(stage.folder, "shared/run", request.script), "utf8");
  assert.match(script, /'192\.168\.0\.10 server'/);
  lab.terminate();
  await running;
});

test("what the driver types goes to the session, what that writes goes to the driver, and standard error to the log", async () => {
  await using lab = await openLab({
    agent: {
      answers: {
        execute: [
          greets,
          { type: "output", stream: "stderr", text: "a warning\n" },
          says("b3V0\n"),
          says("44\n"),
          { never: true },
        ],
      },
    },
  });
  const running = serveTest(lab.config, lab.context);
  await lab.driver.connect();
  assert.deepEqual(await lab.driver.execute("it's"), { status: 44, output: "out" });
  assert.equal(lab.stage.output.stderr, "a warning\n");
  assert.equal(lab.stage.output.stdout, "");
  const wanted = `timeout 900 bash -c 'set -euo pipefail; it'"'"'s' | (base64 -w 0; echo)\necho \${PIPESTATUS[0]}\n`;
  await until({
    what: "everything that was typed",
    timeoutMs: 10_000,
    probe: async (observe) => {
      const typed = await readTyped(lab.stage);
      observe(typed);
      return typed === wanted ? true : undefined;
    },
  });
  lab.terminate();
  await running;
});

test("the driver's end is a success, which leaves the last screenshot and the logs, and no process", async () => {
  await using lab = await openLab({ agent: { answers: { execute: session } } });
  const { stage } = lab;
  const running = serveTest(lab.config, lab.context);
  await lab.driver.connect();
  lab.terminate();
  await running;
  assert.deepEqual(await readdir(stage.context.top), ["evidence"]);
  const evidence = join(stage.context.top, "evidence");
  for (const file of ["screenshot.png", "stage.log", "com1.log", "guest.command"]) {
    assert.ok(existsSync(join(evidence, file)), file);
  }
  assert.match(stage.logLines.join("\n"), /node demo: ended by the test's driver/);
  await assertGone(await stage.pids());
});

test("a QEMU that takes no picture leaves time for the logs before the driver's signal ends the process", async () => {
  await using lab = await openLab({
    guest: { screendumpMs: 60_000 },
    agent: { answers: { execute: session } },
  });
  const running = serveTest(lab.config, lab.context);
  await lab.driver.connect();
  lab.terminate();
  await running;
  const evidence = join(lab.stage.context.top, "evidence");
  assert.match(await readFile(join(evidence, "screenshot.txt"), "utf8"), /more than 1 s/);
  assert.ok(existsSync(join(evidence, "stage.log")));
});

const endings: readonly { title: string; script: readonly GuestStep[]; said: RegExp }[] = [
  { title: "shuts down", script: [{ waitMs: 500 }, shutdown], said: /the guest has shut down/ },
  {
    title: "restarts and the test did not allow it",
    script: [{ waitMs: 500 }, reset],
    said: /did not say allow_reboot=True/,
  },
  {
    title: "is crashed by the driver",
    script: [
      { waitMs: 500 },
      { event: "SHUTDOWN", data: { guest: false, reason: "host-qmp-quit" } },
      { exit: 0 },
    ],
    said: /QEMU was told to quit/,
  },
];
for (const { title, script, said } of endings) {
  test(`ends when the guest ${title}, and the driver's shell with it`, async () => {
    await using lab = await openLab({ guest: { script }, agent: { answers: { execute: session } } });
    await serveTest(lab.config, lab.context);
    assert.match(lab.stage.logLines.join("\n"), said);
    await lab.driver.connect();
    await assert.rejects(lab.driver.execute("true"), /the shell was closed/);
    await assertGone(await lab.stage.pids());
  });
}

test("ends when the driver is gone, however it went", async () => {
  await using lab = await openLab({ agent: { answers: { execute: session } } });
  const running = serveTest(lab.config, lab.context);
  await lab.driver.connect();
  lab.driver.release();
  await running;
  assert.match(lab.stage.logLines.join("\n"), /the test's driver has closed its shell/);
  await assertGone(await lab.stage.pids());
});

test("a restart that the test allows ends the session, and a new one greets the driver when the guest is up", async () => {
  await using lab = await openLab(
    {
      guest: { script: [{ waitMs: 600 }, reset] },
      agent: { answers: { execute: [greets, { waitMs: 300 }, lost] } },
    },
    { allowReboot: true },
  );
  const settings = { ...lab.config.settings, clock: "host" as const };
  const running = serveTest({ ...lab.config, settings }, lab.context);
  await lab.driver.connect();
  await lab.driver.connect();
  const requests = await lab.stage.requests();
  assert.deepEqual(
    requests.map(({ type }) => type),
    ["execute", "wait-for-ssh", "execute"],
  );
  const clocks = requests.map((each) => (each.type === "execute" ? each.setClockEpochSeconds : null));
  assert.deepEqual(clocks, [Date.UTC(2026, 5, 1) / 1000, null, Date.UTC(2026, 5, 1) / 1000]);
  assert.equal(lab.stage.logLines.filter((line) => line.includes("it jumps by 13046400 s")).length, 1);
  const script = await readFile(join(lab.stage.folder, "shared/run/backdoor.sh"), "utf8");
  assert.doesNotMatch(script, /192\.168\.0\.10/, "the hosts are on its disk by then");
  assert.match(lab.stage.logLines.join("\n"), /the shell is gone \(.*the connection was lost\); waits until/);
  lab.terminate();
  await running;
});

test("a link that a node has made in the place of its folder is not followed", async () => {
  await using lab = await openLab({ agent: { answers: { execute: session } } });
  const elsewhere = join(lab.stage.folder, "elsewhere");
  await mkdir(elsewhere);
  await symlink(elsewhere, join(lab.stage.folder, "shared/run"));
  await rejectsWithEvidence(serveTest(lab.config, lab.context), {
    error: /shared\/run: a link, and no folder/,
    exitCode: 71,
  });
  assert.deepEqual(await readdir(elsewhere), []);
  await assertGone(await lab.stage.pids());
});

test("a session that never greets fails at once, with what the agent says", async () => {
  await using lab = await openLab({
    agent: {
      answers: { execute: [{ type: "failed", step: "host-key", reason: "the host key is not the image's" }] },
    },
  });
  await rejectsWithEvidence(serveTest(lab.config, lab.context), {
    error: /host-key: the host key is not the image's/,
    exitCode: 72,
  });
  await assertGone(await lab.stage.pids());
});

test("a machine that cannot be revived says why when the driver listens, which is not left waiting for a QEMU", async () => {
  await using lab = await openLab({});
  const other = { ...lab.config, hardware: { ...lab.config.hardware, vcpus: 2 } };
  const refused = assert.rejects(serveTest(other, lab.context), /vcpus/);
  await lab.driver.started();
  await refused;
  await assert.rejects(lab.driver.connect(), /the shell was closed/);
  assert.deepEqual(await lab.stage.pids(), []);
});

test("says what of the driver's wishes a frozen machine cannot have", async () => {
  await using lab = await openLab({ agent: { answers: { execute: session } } });
  const more = [
    "-chardev",
    "socket,id=vsock_ssh,path=/x",
    "-device",
    "vhost-user-vsock-pci,chardev=vsock_ssh",
  ];
  const running = serveTest(lab.config, { ...lab.context, flags: [...lab.context.flags, ...more] });
  await lab.driver.connect();
  assert.match(
    lab.stage.logLines.join("\n"),
    /not for this machine: -chardev socket,id=vsock_ssh,path=\/x -device vhost-user-vsock-pci,chardev=vsock_ssh/,
  );
  lab.terminate();
  await running;
});
