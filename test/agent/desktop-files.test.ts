// The batch files of something at the desktop, by the stand-in's cmd; test/integration has Wine's, and test/e2e a console of the stand-in.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, test } from "node:test";
import { cmdSessionFile, renderCmdLogin, renderCmdSession } from "../../src/agent/cmd-drives.ts";
import { renderCmdCheck, renderCmdDesktopCheck, renderCmdExecution } from "../../src/agent/cmd-session.ts";
import { desktopCommand, desktopFiles, renderDesktopFiles } from "../../src/agent/desktop-files.ts";
import type { Execution } from "../../src/agent/execution.ts";
import { runCommandLine } from "../../src/stand-in/machine/command-line.ts";
import { type Program, print } from "../../src/stand-in/programs/program.ts";
import { type CmdGuest, makeCmdGuest } from "./cmd-guest.ts";
import { plainExecution } from "./plain-execution.ts";

const account = { server: "192.168.0.2", user: "builder", password: "Pass-1" };

/** What a task scheduler does with the one task that there is; the desktop's session ends before `/run` does. */
interface Scheduler {
  /** Somebody is logged on at the console, from this many calls of `/run` on. */
  logOnAt: number;
  /** What stands in the seventh field of `/query`. */
  lastResult: string;
  /** What `/query` does before it answers. */
  onQuery: () => void;
  readonly refused: Set<string>;
}

let guest: CmdGuest;
let scheduler: Scheduler;
let seconds = 0;

beforeEach(() => {
  scheduler = { logOnAt: 1, lastResult: "267009", onQuery: () => undefined, refused: new Set() };
  seconds = 0;
  let task = "";
  let runs = 0;
  const schtasks: Program = (call) => {
    const [verb = ""] = call.args;
    guest.calls.push(`schtasks${call.tail.trimEnd()}`);
    if (verb === "/query") scheduler.onQuery();
    if (scheduler.refused.has(verb)) {
      print(call.handles.stderr, "ERROR: Access is denied.");
      return 1;
    }
    if (verb === "/create") task = call.args[call.args.indexOf("/tr") + 1] ?? "";
    if (verb === "/query")
      print(
        call.handles.stdout,
        `"PC","\\casement-desktop","N/A","Bereit","x","N/A","${scheduler.lastResult}","N/A"`,
      );
    if (verb === "/run" && ++runs >= scheduler.logOnAt) {
      const path = "C:\\windows\\System32";
      const { programs, environment } = guest;
      runCommandLine(task, { programs, environment, path, cwd: "C:\\", user: "builder" });
    }
    return 0;
  };
  const ping: Program = (call) => {
    assert.equal(call.tail.trim(), "-n 2 127.0.0.1");
    seconds += 1;
    return 0;
  };
  const tar: Program = () => {
    writeFileSync(guest.onDrive("x", "outputs.tar.part"), "a tar");
    return 0;
  };
  guest = makeCmdGuest({ schtasks, ping, tar });
});
afterEach(() => guest[Symbol.dispose]());

const read = (drive: string, path: string): string => readFileSync(guest.onDrive(drive, path), "utf8");

function launch(body: readonly string[], limit = 60): ReturnType<CmdGuest["run"]> {
  for (const [name, content] of renderDesktopFiles({ ...account, seconds: limit, body }))
    writeFileSync(guest.onDrive("x", name), content);
  return guest.run("cmd /d /c X:\\run\\desktop\\launch.cmd");
}

const verbs = (): string[] =>
  guest.calls.filter((line) => line.startsWith("schtasks")).map((line) => line.split(" ")[1] ?? "");

describe("something at the desktop", () => {
  test("runs in an interactive task of the account, hidden, with both drives, and its outcome comes back", () => {
    const { status, prints } = launch(["echo shown", "if exist S:\\abc-hello set STATUS=300"]);
    assert.deepEqual([status, prints], [300, []]);
    assert.deepEqual(guest.calls, [
      "schtasks /end /tn casement-desktop",
      'schtasks /create /tn casement-desktop /tr "C:\\windows\\System32\\wscript.exe //B //E:JScript C:\\casement\\desktop\\start.js" /sc once /st 00:00 /ru builder /it /rl highest /f',
      "schtasks /run /tn casement-desktop",
      "net use X: \\\\192.168.0.2\\xchg Pass-1 /user:builder /persistent:no",
      "net use S: \\\\192.168.0.2\\nixstore Pass-1 /user:builder /persistent:no",
      "net use X: /delete /y",
      "net use S: /delete /y",
      "schtasks /delete /tn casement-desktop /f",
    ]);
    assert.equal(existsSync(guest.onDrive("x", desktopFiles.error)), false);
  });

  test("is tried again until somebody is logged on", () => {
    scheduler.logOnAt = 3;
    assert.equal(launch(["set STATUS=0"]).status, 0);
    assert.deepEqual([verbs().filter((verb) => verb === "/run").length, seconds], [3, 10]);
  });

  test("has a limit, and says who is missing, with what the task scheduler says of it", () => {
    scheduler.logOnAt = Number.POSITIVE_INFINITY;
    scheduler.lastResult = "-2147023651";
    assert.equal(launch(["set STATUS=0"], 12).status, 1);
    assert.equal(seconds, 12);
    const [reason, ...seen] = read("x", desktopFiles.error).trim().split("\r\n");
    assert.equal(reason, "nothing started at the console within 12 s: builder is not logged on there");
    assert.match(seen.join("\n"), /last result is -2147023651, and[^]*logon banner/);
    assert.equal(verbs().at(-1), "/delete");
  });

  test("that a program outside has ended is told, with the number that it left", () => {
    scheduler.lastResult = "-1073741510";
    // As far as a task comes that is killed.
    const { status } = launch(["exit"]);
    assert.equal(status, 1);
    assert.match(
      read("x", desktopFiles.error),
      /^what ran at the desktop was ended from outside, .* -1073741510\r\n$/,
    );
    assert.equal(seconds, 20);
  });

  test("is waited for while the task scheduler does not answer, for a while", () => {
    scheduler.refused.add("/query");
    let queries = 0;
    scheduler.onQuery = () => {
      queries += 1;
      if (queries === 4) writeFileSync(guest.onDrive("c", "casement/desktop/ended"), "9\r\n");
    };
    assert.equal(launch(["exit"]).status, 9);
    assert.equal(existsSync(guest.onDrive("x", desktopFiles.error)), false);
    scheduler.onQuery = () => undefined;
    seconds = 0;
    assert.equal(launch(["exit"]).status, 1);
    assert.match(read("x", desktopFiles.error), /ended from outside, the task's last result is unknown/);
    assert.equal(seconds, 100);
  });

  test("that cannot be registered is told in the task scheduler's words", () => {
    scheduler.refused.add("/create");
    assert.equal(launch(["set STATUS=0"]).status, 1);
    assert.equal(read("x", desktopFiles.error), "the task scheduler refused\r\nERROR: Access is denied.\r\n");
  });

  test("that cannot map a drive is told with what net said, and does not run", () => {
    guest.refused.add("net use S: \\");
    assert.equal(launch(["echo ran>C:\\ran"]).status, 1);
    assert.match(
      read("x", desktopFiles.error),
      /^S: and X: could not be mapped at the desktop\r\nSystem error 53/,
    );
    assert.equal(existsSync(guest.onDrive("c", "ran")), false);
  });

  test("begins from an empty folder, whatever an earlier one left", () => {
    mkdirSync(guest.onDrive("c", "casement/desktop"));
    for (const name of ["started", "ended", "not-mapped"])
      writeFileSync(guest.onDrive("c", `casement/desktop/${name}`), "7");
    writeFileSync(guest.onDrive("x", desktopFiles.error), "the task scheduler refused\r\n");
    assert.equal(launch(["set STATUS=5"]).status, 5);
    assert.equal(existsSync(guest.onDrive("x", desktopFiles.error)), false);
  });
});

function runAtDesktop(
  lines: readonly string[],
  changes: Partial<Execution> = {},
): ReturnType<CmdGuest["run"]> {
  const execution: Execution = {
    ...plainExecution,
    kind: "cmd",
    script: "user.cmd",
    outputs: { out: "/nix/store/hash-out" },
    desktopSeconds: 60,
    ...changes,
  };
  const { files, body } = renderCmdExecution(execution);
  const desktop = renderDesktopFiles({ ...account, seconds: 60, body: desktopCommand("openssh") });
  for (const [name, content] of [...files, ...desktop]) writeFileSync(guest.onDrive("x", name), content);
  writeFileSync(guest.onDrive("x", "run/user.cmd"), ["@echo off", ...lines, ""].join("\r\n"));
  writeFileSync(guest.onDrive("x", desktopFiles.output), "");
  writeFileSync(guest.onDrive("x", cmdSessionFile), renderCmdSession({ ...account, nonce: "nonce", body }));
  return guest.run(renderCmdLogin(account));
}

describe("a command of a session in cmd, at the desktop", () => {
  test("has its variables, folder and drives, and what it writes is in one file", () => {
    const { status, prints } = runAtDesktop(
      ["set greeting", "cd", "echo text>%out%\\file", "echo wrong 1>&2", "exit /b 0"],
      { environment: { greeting: "a & b" } },
    );
    assert.deepEqual([status, prints.length], [0, 1], prints.join("\n"));
    assert.equal(read("x", desktopFiles.output), "GREETING=a & b\r\nC:\\build\r\nwrong \r\n");
    assert.equal(read("c", "nix/store/hash-out/file"), "text\r\n");
    assert.equal(read("x", "outputs.tar.part"), "a tar");
    assert.equal(read("x", "run/exit-code").trim(), "0");
  });

  for (const code of ["42", "256", "-1073741819"]) {
    test(`that ends with ${code} has its code written down whole, and no result`, () => {
      const { status } = runAtDesktop([`exit ${code}`]);
      assert.deepEqual([status, read("x", "run/exit-code").trim()], [1, code]);
      assert.equal(existsSync(guest.onDrive("x", "outputs.tar.part")), false);
    });
  }

  test("that does not start leaves no code", () => {
    scheduler.refused.add("/run");
    assert.equal(runAtDesktop(["exit /b 0"]).status, 1);
    assert.equal(existsSync(guest.onDrive("x", "run/exit-code")), false);
    assert.match(read("x", desktopFiles.error), /^the task scheduler refused/);
  });

  test("that has no shell leaves no code, and is told with the code of what should have been one", () => {
    assert.equal(launch(desktopCommand("openssh")).status, 1);
    assert.equal(read("x", desktopFiles.error), "the command left no exit code; cmd.exe ended with 1\r\n");
  });

  test("whose script says what failed is not told a second time", () => {
    const script = "@echo cannot be entered>X:\\run\\session-error\r\n@exit 1\r\n";
    writeFileSync(guest.onDrive("x", desktopFiles.main), script);
    assert.equal(launch(desktopCommand("openssh")).status, 1);
    assert.equal(existsSync(guest.onDrive("x", desktopFiles.error)), false);
  });

  test("leaves the shell of a debug session where the login is, with the variables", () => {
    const shell = { when: "after", terminal: null } as const;
    const main = renderCmdExecution({
      ...plainExecution,
      kind: "cmd",
      script: "user.cmd",
      environment: { greeting: "hello" },
      desktopSeconds: 60,
      shell,
    }).files;
    assert.match(
      main.get("run/main.cmd") ?? "",
      /set greeting=hello\r\n[^]*launch\.cmd[^]*"%ComSpec%" \/d\r\n/,
    );
    assert.doesNotMatch(main.get(desktopFiles.main) ?? "", /ends this shell/);
    assert.match(main.get(desktopFiles.main) ?? "", /user\.cmd\r\n>X:\\run\\exit-code echo %errorlevel%\r\n/);
  });
});

test("a session that is checked has the desktop copy a file through X:, too", () => {
  const names = { there: "run/there", back: "run/back" };
  const atDesktop = { there: "run/there", back: "run/desktop-back" };
  writeFileSync(guest.onDrive("x", "run/there"), "sent");
  const desktop = renderDesktopFiles({ ...account, seconds: 60, body: renderCmdCheck(atDesktop) });
  for (const [name, content] of desktop) writeFileSync(guest.onDrive("x", name), content);
  const body = [...renderCmdCheck(names), ...renderCmdDesktopCheck()];
  writeFileSync(guest.onDrive("x", cmdSessionFile), renderCmdSession({ ...account, nonce: "nonce", body }));
  assert.equal(guest.run(renderCmdLogin(account)).status, 0);
  assert.deepEqual([read("x", "run/back"), read("x", "run/desktop-back")], ["sent", "sent"]);
});
