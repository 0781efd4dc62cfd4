// The batch files of a session in cmd, run by the stand-in's cmd; test/integration has Wine's and test/e2e a real sshd.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, test } from "node:test";
import { cmdSessionFile, renderCmdLogin, renderCmdSession } from "../../src/agent/cmd-drives.ts";
import { renderCmdCheck, renderCmdExecution } from "../../src/agent/cmd-session.ts";
import { mappedMarker } from "../../src/agent/drives.ts";
import type { Execution } from "../../src/agent/execution.ts";
import type { Program } from "../../src/stand-in/programs/program.ts";
import { type CmdGuest, makeCmdGuest } from "./cmd-guest.ts";
import { plainExecution } from "./plain-execution.ts";

const account = { server: "192.168.0.2", user: "builder", password: "a~B+c@d.e_f-1" };
const marker = mappedMarker("nonce");

let guest: CmdGuest;
beforeEach(() => {
  const tar: Program = (call) => {
    guest.calls.push(`tar${call.tail}`);
    writeFileSync(onDrive("x", "outputs.tar.part"), "a tar");
    return 0;
  };
  guest = makeCmdGuest({ tar });
});
afterEach(() => guest[Symbol.dispose]());

const onDrive = (drive: string, path: string): string => guest.onDrive(drive, path);

/** Runs the session that a login would, and returns its status and what it printed. */
function runSession(body: readonly string[]): ReturnType<CmdGuest["run"]> {
  writeFileSync(onDrive("x", cmdSessionFile), renderCmdSession({ ...account, nonce: "nonce", body }));
  return guest.run(renderCmdLogin(account));
}

function runScript(
  lines: readonly string[],
  changes: Partial<Execution> = {},
): ReturnType<typeof runSession> {
  const execution = {
    ...plainExecution,
    kind: "cmd",
    script: "user.cmd",
    outputs: { out: "/nix/store/hash-out" },
  } as const;
  const { files, body } = renderCmdExecution({ ...execution, ...changes });
  for (const [name, content] of files) writeFileSync(onDrive("x", name), content);
  writeFileSync(onDrive("x", "run/user.cmd"), ["@echo off", ...lines, ""].join("\r\n"));
  return runSession(body);
}

const exitCode = (): string => readFileSync(onDrive("x", "run/exit-code"), "utf8").trim();

describe("a session in cmd", () => {
  test("maps both drives, runs a script with what it is given, packs the result and unmaps", () => {
    const { status, prints } = runScript(
      [
        "echo %greeting%",
        "cd",
        "if exist S:\\abc-hello echo store",
        "echo text>%out%\\file",
        "set /p IN=",
        "echo [%IN%]",
        "exit /b 0",
      ],
      { environment: { greeting: "hello" } },
    );
    assert.equal(status, 0);
    assert.deepEqual(prints, [marker, "hello", "C:\\build", "store", "[]"]);
    assert.equal(exitCode(), "0");
    assert.equal(readFileSync(onDrive("c", "nix/store/hash-out/file"), "utf8"), "text\r\n");
    assert.equal(readFileSync(onDrive("x", "outputs.tar.part"), "utf8"), "a tar");
    assert.deepEqual(guest.calls, [
      `net use X: \\\\192.168.0.2\\xchg ${account.password} /user:builder /persistent:no`,
      `net use S: \\\\192.168.0.2\\nixstore ${account.password} /user:builder /persistent:no`,
      "tar -cf X:\\outputs.tar.part -C C:\\nix\\store .",
      "net use X: /delete /y",
      "net use S: /delete /y",
    ]);
  });

  for (const value of [
    `50% of "a" & <b> | ^c (!)`,
    `"`,
    `&echo no`,
    ` spaces `,
    `%PATH%`,
    `a"b & c"d^`,
    `/nix/store/x=y;z,w`,
  ]) {
    test(`hands on a variable as it is: ${value}`, () => {
      runScript(["set it>%out%\\it"], { environment: { it: value } });
      assert.equal(readFileSync(onDrive("c", "nix/store/hash-out/it"), "utf8"), `IT=${value}\r\n`);
    });
  }

  for (const [code, written] of [
    ["0", "0"],
    ["42", "42"],
    ["256", "256"],
    ["-1073741819", "-1073741819"],
  ] as const) {
    for (const line of [`exit ${code}`, `exit /b ${code}`]) {
      test(`${line} is written down whole, and only 0 brings a result`, () => {
        const { status } = runScript([line]);
        assert.equal(exitCode(), written);
        assert.equal(status, code === "0" ? 0 : 1);
        assert.equal(existsSync(onDrive("x", "outputs.tar.part")), code === "0");
      });
    }
  }

  test("starts from empty folders, whatever an earlier run left", () => {
    mkdirSync(onDrive("c", "nix/store/old"), { recursive: true });
    mkdirSync(onDrive("c", "build/old"), { recursive: true });
    runScript([]);
    assert.equal(existsSync(onDrive("c", "nix/store/old")), false);
    assert.equal(existsSync(onDrive("c", "build/old")), false);
  });

  test("that cannot map X: ends with the code of net and says why, without the marker", () => {
    guest.refused.add("net use X:");
    const { status, prints } = runScript([]);
    assert.deepEqual([status, prints], [2, ["System error 53 has occurred."]]);
  });

  test("that cannot map S: ends with 113 and says why, without the marker", () => {
    guest.refused.add("net use S:");
    const { status, prints } = runScript([]);
    assert.deepEqual(
      [status, prints],
      [113, ["System error 53 has occurred.", "S: cannot be used in this session"]],
    );
  });

  test("that cannot unmap a drive ends with 114 after a success, and names the drive", () => {
    guest.refused.add("net use X: /delete");
    const { status, prints } = runScript([]);
    assert.equal(status, 114);
    assert.deepEqual(prints.at(-1), "casement: drives could not be unmapped: X: ");
  });

  test("that is checked copies a file through X:", () => {
    writeFileSync(onDrive("x", "run/there"), "sent");
    assert.equal(runSession(renderCmdCheck({ there: "run/there", back: "run/back" })).status, 0);
    assert.equal(readFileSync(onDrive("x", "run/back"), "utf8"), "sent");
  });

  test("that is checked fails where nothing can be read", () => {
    assert.equal(runSession(renderCmdCheck({ there: "run/there", back: "run/back" })).status, 1);
  });
});

describe("renderCmdExecution refuses", () => {
  const execution: Execution = { ...plainExecution, kind: "cmd", script: "a.cmd" };
  for (const [title, changes, reason] of [
    ["bash", { kind: "bash", script: "a.sh" }, /kind: bash needs access: cygwin/],
    ["a clock", { setClockEpochSeconds: 1 }, /clock is set by Cygwin's date/],
    [
      "a line break in a variable",
      { environment: { a: "b\nc" } },
      /environment\.a: cmd cannot carry a line break/,
    ],
    ["a letter of some code page", { environment: { a: "ü" } }, /environment\.a: characters outside ASCII/],
    ["a variable longer than a line", { environment: { a: "x".repeat(8000) } }, /environment\.a: too long/],
    ["the session's own name for a script", { script: "session.cmd" }, /a name of the session's own/],
  ] as const) {
    test(title, () => {
      assert.throws(() => renderCmdExecution({ ...execution, ...changes }), reason);
    });
  }

  test("a script of PowerShell by no other way than its own program", () => {
    const { files } = renderCmdExecution({ ...execution, kind: "powershell", script: "a.ps1" });
    assert.match(files.get("run/main.cmd") ?? "", /^powershell\.exe .*-File X:\\run\\a\.ps1\r$/m);
  });

  for (const [name, value] of [
    ["user", "a b"],
    ["password", "%PATH%"],
    ["password", "a&b"],
  ] as const) {
    test(`a ${name} that cmd would read: ${value}`, () => {
      assert.throws(
        () => renderCmdLogin({ ...account, [name]: value }),
        new RegExp(`^StepError: ${name}: cmd cannot`),
      );
    });
  }
});
