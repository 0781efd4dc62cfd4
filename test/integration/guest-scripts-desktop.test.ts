// What a spec with windows.desktop adds to the installation, and the batch files of a command at the desktop, by Wine's cmd.exe and
// wscript. Effects under Wine are not effects in Windows.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { renderCmdExecution } from "../../src/agent/cmd-session.ts";
import { desktopCommand, desktopFiles, renderDesktopFiles } from "../../src/agent/desktop-files.ts";
import { renderBootstrap } from "../../src/artifacts/bootstrap.ts";
import { desktopStage, parseBeacon } from "../../src/contract/guest.ts";
import { plainExecution } from "../agent/plain-execution.ts";
import { bootstrapSettings } from "../artifacts/bootstrap-settings.ts";
import { skipWithout } from "../support/external-tools.ts";
import { layMedium, layScripts } from "./guest-scripts/medium.ts";
import { startWine, type Wine } from "./guest-scripts/wine.ts";

const skip = skipWithout(["wine", "x86_64-w64-mingw32-gcc", "script"]);
const medium = renderBootstrap(bootstrapSettings({ desktop: true }), "<answer/>");
const winlogon = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon";

describe("the scripts of a machine with a desktop under Wine's cmd.exe", { skip }, () => {
  let wine: Wine;
  before(async () => {
    wine = await startWine();
    await layMedium(wine, medium);
    await wine.record("C:\\cygwin64\\bin\\bash.exe");
  });
  after(() => wine[Symbol.asyncDispose]());
  beforeEach(() => wine.reset());

  const text = async (key: string, name: string): Promise<string | undefined> => {
    const { output } = await wine.run(`reg query "${key}" /v ${name}`);
    return /REG_SZ\s+(\S.*?)\s*$/m.exec(output)?.[1];
  };
  const beacons = async () => (await wine.serial()).map(parseBeacon).filter((beacon) => beacon !== undefined);

  test("the first logon ends the automatic logon, as elsewhere, and keeps the screen saver away", async () => {
    await rm(join(wine.driveC, "casement"), { recursive: true, force: true });
    await wine.run("cmd /c D:\\casement\\first-logon.cmd");
    assert.equal(await wine.dword(winlogon, "AutoLogonCount"), 0);
    assert.equal(await text("HKCU\\Control Panel\\Desktop", "ScreenSaveActive"), "0");
    assert.equal((await beacons()).at(-1)?.stage, "first-logon");
  });

  test("the last step but one logs the account on for good, and takes the count away", async () => {
    await layScripts(wine, medium, "verify");
    await wine.answer(["0|ipconfig|   IPv4 Address. . . : 192.168.0.1"]);
    await wine.run("cmd /c C:\\casement\\start-up.cmd");
    assert.deepEqual(
      (await beacons()).map(({ stage }) => stage),
      ["verify", desktopStage, "installed"],
    );
    assert.equal(await text(winlogon, "AutoAdminLogon"), "1");
    assert.equal(await text(winlogon, "DefaultUserName"), "build");
    assert.equal(await text(winlogon, "DefaultPassword"), "Secret-1");
    assert.equal(await wine.dword(winlogon, "AutoLogonCount"), undefined);
    assert.equal(
      (await readFile(join(wine.driveC, "casement/stage.txt"), "utf8")).trim(),
      "installed",
      "a restart before the shutdown goes on behind this step",
    );
  });

  test("a value that the registry refuses ends the installation by its name", async () => {
    await layScripts(wine, medium, desktopStage);
    await wine.record("C:\\recorded\\reg.exe");
    await wine.answer(["5|DefaultPassword|ERROR: Access is denied."]);
    await wine.run("cmd /c C:\\casement\\start-up.cmd");
    assert.deepEqual((await beacons()).at(-1), {
      kind: "failed",
      stage: desktopStage,
      code: 1,
      reason: "the registry refused DefaultPassword of Winlogon",
    });
  });

  /** Runs launch.cmd as a login would, and the task as the task scheduler would once it is asked to. */
  async function launch(
    body: readonly string[],
    files: Iterable<readonly [string, string]> = [],
  ): Promise<{ code: number; read: (name: string) => Promise<string> }> {
    const exchange = join(wine.driveC, "exchange");
    const devices = join(wine.driveC, "../dosdevices");
    await rm(exchange, { recursive: true, force: true });
    await mkdir(join(exchange, "run/desktop"), { recursive: true });
    await mkdir(join(wine.driveC, "casement"), { recursive: true });
    for (const letter of ["x:", "s:"]) {
      await rm(join(devices, letter), { force: true });
      await symlink(exchange, join(devices, letter));
    }
    // launch.cmd names both by their paths, and Wine has programs of its own at those of Windows.
    for (const name of ["schtasks", "ping"]) await wine.record(`C:\\root\\System32\\${name}.exe`);
    const account = { server: "192.168.0.2", user: "build", password: "Secret-1" };
    for (const [name, content] of [...renderDesktopFiles({ ...account, seconds: 300, body }), ...files])
      await writeFile(join(exchange, name), content);
    const launched = wine.run('cmd /d /c "set SystemRoot=C:\\root&X:\\run\\desktop\\launch.cmd"');
    for (let tries = 0; !(await wine.calls()).includes("schtasks /run /tn casement-desktop"); tries += 1) {
      assert.ok(tries < 300, (await wine.calls()).join("\n"));
      await sleep(100);
    }
    const create = (await wine.calls()).find((call) => call.startsWith("schtasks /create")) ?? "";
    // Wine's knows a script's language by its ending only.
    const task = /\/tr "C:\\root([^"]*)"/.exec(create)?.[1]?.replace("//E:JScript ", "");
    await wine.run(`C:\\windows${task ?? "\\nothing"}`);
    const { code } = await launched;
    return { code, read: (name) => readFile(join(exchange, name), "utf8") };
  }

  test("something at the desktop is started by wscript, and its code comes back to who waits", async () => {
    const { code } = await launch(['set "STATUS=77"']);
    assert.equal(code, 77);
    // No second passes between two looks here, so the task may have been asked for more than once.
    const calls = new Set((await wine.calls()).filter((call) => !call.startsWith("ping")));
    assert.deepEqual(
      [...calls],
      [
        "schtasks /end /tn casement-desktop",
        'schtasks /create /tn casement-desktop /tr "C:\\root\\System32\\wscript.exe //B //E:JScript C:\\casement\\desktop\\start.js" /sc once /st 00:00 /ru build /it /rl highest /f',
        "schtasks /run /tn casement-desktop",
        "net use X: \\\\192.168.0.2\\xchg Secret-1 /user:build /persistent:no",
        "net use S: \\\\192.168.0.2\\nixstore Secret-1 /user:build /persistent:no",
        "net use X: /delete /y",
        "net use S: /delete /y",
        "schtasks /delete /tn casement-desktop /f",
      ],
    );
  });

  test("a command in cmd writes into one file, in order, and leaves all bits of its code", async () => {
    const execution = { ...plainExecution, kind: "cmd", script: "user.cmd", desktopSeconds: 60 } as const;
    const { files } = renderCmdExecution({ ...execution, environment: { greeting: "hello" } });
    const script = ["@echo off", "echo %greeting%", "echo wrong 1>&2", "cd", "exit 256", ""].join("\r\n");
    await mkdir(join(wine.driveC, "build"), { recursive: true });
    const { read } = await launch(desktopCommand("openssh"), [
      ...[...files].filter(([name]) => name === desktopFiles.main),
      ["run/user.cmd", script],
    ]);
    assert.equal((await read("run/exit-code")).trim(), "256");
    assert.equal(await read(desktopFiles.output), "hello\r\nwrong \r\nC:\\build\r\n");
    assert.equal((await readFile(join(wine.driveC, "casement/desktop/ended"), "utf8")).trim(), "256");
  });

  test("a command in bash is started by Cygwin's, without input", async () => {
    await wine.answer(["5|bash|said by bash"]);
    const { read } = await launch(desktopCommand("cygwin"), [["run/exit-code", "5\r\n"]]);
    assert.equal(await read(desktopFiles.output), "said by bash\r\n");
    const calls = (await wine.calls()).filter((call) => call.startsWith("bash"));
    assert.deepEqual(calls, ["bash --noprofile --norc /tmp/xchg/run/desktop/script.sh"]);
    assert.equal(existsSync(join(wine.driveC, "exchange", desktopFiles.error)), false);
  });

  test("a bash that does not start is told with what it ended with", async () => {
    await wine.answer(["9|bash|not a valid application"]);
    const { read } = await launch(desktopCommand("cygwin"));
    assert.equal(await read(desktopFiles.error), "the command left no exit code; bash.exe ended with 9\r\n");
  });
});
