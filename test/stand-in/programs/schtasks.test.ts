import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, suite, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { logOnAtConsole } from "../../../src/stand-in/machine/console.ts";
import { findTask } from "../../../src/stand-in/machine/tasks.ts";
import { writeTaskRun } from "../../../src/stand-in/machine/task-runs.ts";
import { runIn } from "./run-program.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "stand-in-schtasks-"));
  for (const folder of ["stand-in/state", "stand-in/bin", "run"])
    mkdirSync(join(root, folder), { recursive: true });
  const accounts = [{ name: "Builder", password: "secret", administrator: true }];
  writeFileSync(join(root, "stand-in/state/accounts.json"), JSON.stringify(accounts));
  // In the place of the script that starts a session: writes down what it was asked for, and goes on as a program would.
  writeFileSync(join(root, "stand-in/bin/run-task"), `#!/bin/sh\necho "$*" >${root}/asked\nsleep 100\n`, {
    mode: 0o755,
  });
});
afterEach(() => {
  run("schtasks /end /tn job");
  rmSync(root, { recursive: true });
});

const run = (line: string): { code: number; output: string } => runIn(root, line);
function fails(line: string): string {
  const { code, output } = run(line);
  assert.notEqual(code, 0, line);
  return output;
}

test("a start-up task is kept until it is deleted; then its file is gone", () => {
  const create =
    "schtasks /create /tn casement /tr C:\\casement\\start-up.cmd /sc onstart /ru SYSTEM /rl highest";
  const file = join(root, "stand-in/state/tasks.json");
  assert.equal(run(`${create} /f`).code, 0);
  assert.ok(existsSync(file));
  assert.match(fails(create), /without \/f schtasks asks/);
  assert.equal(run("schtasks /delete /tn casement /f").code, 0);
  assert.ok(!existsSync(file));
});

test("a task is the same with the backslash of the root folder and without, in any case", () => {
  const create = "schtasks /create /tr a /sc onstart /ru SYSTEM /tn";
  assert.equal(run(`${create} job`).code, 0);
  assert.match(fails(`${create} \\JOB`), /without \/f schtasks asks/);
  assert.equal(run(`${create} \\Job /f`).code, 0);
  assert.equal(run("schtasks /query /fo csv /nh").output.trim().split("\n").length, 1);
  assert.equal(run("schtasks /delete /tn job /f").code, 0);
  assert.match(fails("schtasks /query /tn job"), /cannot find/);
});

suite("an interactive task", () => {
  const create =
    "schtasks /create /tn job /tr C:\\job.cmd /sc once /st 00:00 /ru HELLO\\builder /it /rl highest /f";
  beforeEach(() => {
    assert.match(run(create).output, /has successfully been created/);
  });

  test("runs in the console's session while its user is logged on there, once at a time", async () => {
    logOnAtConsole("Builder", root);
    assert.match(
      run("schtasks /run /tn job").output,
      /^SUCCESS: Attempted to run the scheduled task "job"\./,
    );
    while (!existsSync(join(root, "asked")) || readFileSync(join(root, "asked"), "utf8") === "")
      await sleep(10);
    assert.equal(readFileSync(join(root, "asked"), "utf8"), "console Builder job\n");
    assert.match(run("schtasks /query /tn job /fo list").output, /^Status: {8}Running\r$/m);
    assert.match(run("schtasks /run /tn \\job").output, /^INFO: .* is currently running/);
    assert.equal(run("schtasks /end /tn job").code, 0);
    const verbose = run("schtasks /query /tn job /fo list /v").output;
    assert.match(verbose, /^Last Result: +267014\r$/m);
    assert.match(verbose, /^Logon Mode: +Interactive only\r$/m);
    assert.match(fails("schtasks /end /tn job"), /no running instance/);
  });

  test("knows its user in any case", () => {
    logOnAtConsole("BUILDER", root);
    run("schtasks /run /tn job");
    assert.match(run("schtasks /query /tn job /v /fo list").output, /^Last Result: +267009\r$/m);
  });

  test("does not start without its user, which only its last result tells", () => {
    assert.match(run("schtasks /query /tn job /v /fo list").output, /^Last Result: +267011\r$/m);
    logOnAtConsole("Another", root);
    assert.equal(run("schtasks /run /tn job").code, 0);
    const { output } = run("schtasks /query /tn job /v /fo list");
    assert.match(output, /^Status: +Ready\r$/m);
    assert.match(output, /^Last Result: +-2147023651\r$/m);
    assert.ok(!existsSync(join(root, "asked")));
  });

  test("shows the exit code that its program left", () => {
    const task = findTask("job", root);
    assert.ok(task !== undefined);
    writeTaskRun(task, { pid: process.pid, result: 3 }, root);
    assert.match(run("schtasks /query /tn job /v /fo list").output, /^Last Result: +3\r$/m);
    assert.equal(run("schtasks /query /tn job /fo csv /nh").output, '"\\job","N/A","Ready"\r\n');
    // What batch files read, because the words of the list are translated: the seventh field.
    const csv = run("schtasks /query /tn job /fo csv /nh /v").output;
    assert.match(
      csv,
      /^"[^"]*","\\job","N\/A","Ready","Interactive only","N\/A","3","N\/A","C:\\job.cmd","Builder"\r\n$/,
    );
    assert.match(run("schtasks /query").output, /^job +N\/A +Ready/m);
  });
});

const refusals: readonly (readonly [string, RegExp])[] = [
  ["schtasks /create /tn a /tr C:\\a b.cmd /sc onstart /ru SYSTEM", /Unexpected b\.cmd/],
  ["schtasks /create /tn a /tr a /sc daily /ru SYSTEM", /onstart and once only/],
  ["schtasks /create /tn a /tr a /sc onstart /ru builder", /SYSTEM only/],
  ["schtasks /create /tn a /tr a /sc once /st 00:00 /ru builder", /with \/it only/],
  ["schtasks /create /tn a /tr a /sc once /ru builder /it", /Starttime/],
  ["schtasks /create /tn a /tr a /sc once /st 24:00 /ru builder /it", /Starttime/],
  ["schtasks /create /tn a /tr a /sc once /st 00:00 /ru nobody /it", /No mapping between account names/],
  ["schtasks /create /tn a /tr a /sc once /st 00:00 /ru builder /it /z", /Unexpected \/z/],
  ["schtasks /change /tn \\Microsoft\\Windows\\None /disable", /cannot find/],
  ["schtasks /delete /tn casement", /cannot find/],
  ["schtasks /run /tn casement", /cannot find/],
  ["schtasks /query /tn casement", /cannot find/],
  ["schtasks /query /fo xml", /\/fo xml/],
  ["schtasks /showsid", /not played/],
];
for (const [line, reason] of refusals) test(`refuses ${line}`, () => assert.match(fails(line), reason));

test("says who is at the console, and that a login over SSH is not there", () => {
  assert.match(fails("quser"), /No User exists/);
  logOnAtConsole("Builder", root);
  assert.match(run("query user").output, /^ Builder +console +1 {2}Active/m);
  const { output } = run("query session");
  assert.match(output, /^>services +0 {2}Disc\r$/m);
  assert.match(output, /^ console +Builder +1 {2}Active\r$/m);
});
