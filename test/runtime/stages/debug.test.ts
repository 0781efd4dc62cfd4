import assert from "node:assert/strict";
import { existsSync, rmdirSync } from "node:fs";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { ToolError } from "../../../src/errors.ts";
import { debug } from "../../../src/runtime/stages/debug.ts";
import { assertGone } from "../../support/processes.ts";
import { rejectsWithEvidence } from "../rejects-with-evidence.ts";
import { makeStageFixture, type StageFixture } from "../stage-fixture.ts";

const ending = { agent: { answers: { execute: [{ type: "done" as const, exitCode: 42 }] } } };

async function guestCall(stage: StageFixture): Promise<string> {
  const calls = (await readFile(join(stage.folder, "calls"), "utf8")).split("\n");
  return calls.find((line) => line.includes("-incoming") && !line.includes("virtserialport")) ?? "";
}

test("revives with a screen, tells where screen and files are, and asks for a shell where the derivation says", async () => {
  await using stage = await makeStageFixture(ending);
  assert.equal(await debug(stage.debugConfig, stage.context), 42);
  const [request] = await stage.requests();
  assert.ok(request?.type === "execute");
  assert.deepEqual(request.shell, { when: "after", terminal: null });
  assert.equal(request.collect, "never");
  assert.match(await guestCall(stage), /"-display","none","-vnc","unix:[^"]*\/screen"/);
  const said = stage.logLines.join("\n");
  assert.match(said, /screen: vncviewer \S+\/screen /);
  assert.match(said, /files: {2}\S+\/xchg is X: and \/tmp\/xchg in the guest/);
  assert.match(said, /the command exited with 42/);
  assert.deepEqual(await readdir(stage.context.top), [], "nothing stays");
  await assertGone(await stage.pids());
});

test("what is typed goes to the session, and so does its end", async () => {
  await using stage = await makeStageFixture({
    agent: {
      answers: {
        execute: [{ type: "step", name: "login" }, { waitMs: 800 }, { type: "done", exitCode: 0 }],
      },
    },
  });
  const running = debug(stage.debugConfig, { ...stage.context, flags: ["--before", "--display", "none"] });
  await stage.typing.type("uname\n");
  await stage.typing.resize(100, 40);
  await stage.typing.end();
  assert.equal(await running, 0);
  assert.deepEqual(await stage.inputs(), [{ typed: "uname\n" }, { columns: 100, rows: 40 }, { ended: true }]);
  const [request] = await stage.requests();
  assert.equal(request?.type === "execute" && request.shell?.when, "before");
  assert.doesNotMatch(await guestCall(stage), /vnc/);
});

test("a person who leaves a guest that hangs leaves nothing behind", async () => {
  await using stage = await makeStageFixture({
    agent: { answers: { execute: [{ type: "step", name: "login" }, { never: true }] } },
  });
  const running = debug(stage.debugConfig, stage.context);
  await stage.typing.type("x");
  stage.typing.leave();
  assert.equal(await running, 0);
  assert.deepEqual(await readdir(stage.context.top), []);
  await assertGone(await stage.pids());
});

test("--keep keeps the disk, and never takes somebody's file", async () => {
  await using stage = await makeStageFixture(ending);
  const flags = ["--keep", "kept.qcow2"];
  await debug(stage.debugConfig, { ...stage.context, flags });
  assert.ok(existsSync(join(stage.folder, "kept.qcow2")));
  assert.match(stage.logLines.join("\n"), /disk: {3}\S+kept\.qcow2, an overlay of the snapshot's/);
  await writeFile(join(stage.folder, "kept.qcow2"), "mine");
  const started = (await stage.pids()).length;
  await assert.rejects(
    debug(stage.debugConfig, { ...stage.context, flags }),
    /--keep: .*kept\.qcow2 is there already/,
  );
  assert.equal(await readFile(join(stage.folder, "kept.qcow2"), "utf8"), "mine");
  assert.equal((await stage.pids()).length, started, "nothing was started");
});

for (const { title, file, error } of [
  {
    title: "in a folder that is not there",
    file: "no/such/disk.qcow2",
    error:
      /^--keep: \S+\/no\/such\/disk\.qcow2 cannot be written: ENOENT.*; make \S+\/no\/such, or name another/,
  },
  { title: "at a link that leads nowhere", file: "dangling", error: /\/dangling is there already/ },
  {
    title: "below a file",
    file: "script/disk.qcow2",
    error: /\/script\/disk\.qcow2 cannot be written: ENOTDIR/,
  },
]) {
  test(`--keep of a file ${title} is refused before anything starts`, async () => {
    await using stage = await makeStageFixture(ending);
    await symlink("nowhere", join(stage.folder, "dangling"));
    await assert.rejects(
      debug(stage.debugConfig, { ...stage.context, flags: ["--keep", file] }),
      (thrown) => {
        assert.ok(thrown instanceof ToolError, String(thrown));
        assert.match(thrown.message, error);
        assert.equal(thrown.exitCode, 64);
        return true;
      },
    );
    assert.deepEqual(await stage.pids(), []);
  });
}

test("--keep of a file that cannot be written at the end keeps the disk with the evidence", async () => {
  await using stage = await makeStageFixture({
    agent: {
      answers: {
        execute: [
          { type: "output", stream: "stdout", text: "hello\n" },
          { type: "done", exitCode: 0 },
        ],
      },
    },
  });
  await mkdir(join(stage.folder, "disks"));
  const output = (): void => rmdirSync(join(stage.folder, "disks"));
  const flags = ["--keep", "disks/kept.qcow2"];
  const { evidence, cause } = await rejectsWithEvidence(
    debug(stage.debugConfig, { ...stage.context, flags, output }),
    { error: /^--keep: \S+\/disks\/kept\.qcow2 cannot be written: ENOENT/, exitCode: 71 },
  );
  assert.ok(cause instanceof ToolError);
  assert.equal(cause.hint, `The disk is in ${evidence}/disk.qcow2; move it to where you want it.`);
  assert.ok(existsSync(join(evidence, "disk.qcow2")));
});

test("--help says the flags and starts nothing", async () => {
  await using stage = await makeStageFixture();
  assert.equal(await debug(stage.debugConfig, { ...stage.context, flags: ["--help"] }), 0);
  assert.match(stage.output.stdout, /--keep FILE/);
  assert.deepEqual(await stage.pids(), []);
});
