import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { executeScript } from "../../src/agent/execute.ts";
import { plainExecution } from "../agent/plain-execution.ts";
import { collectReport } from "../agent/collected-report.ts";
import { type Guest, type GuestFolders, makeGuestFolders, settingsFor, startGuest } from "../agent/guest.ts";
import { skipWithout } from "../support/external-tools.ts";
import { makeTempFolder, type TempFolder } from "../support/temp-folder.ts";

// Wine's cmd.exe reads main.cmd and what `native` writes; nothing here is Windows.
describe("sessions under Wine's cmd.exe", { skip: skipWithout(["wine"]), timeout: 240_000 }, () => {
  let prefix: TempFolder;
  let folders: GuestFolders;
  let guest: Guest;
  before(async () => {
    prefix = await makeTempFolder();
    folders = await makeGuestFolders({
      cmd: `#!/bin/sh\nWINEPREFIX=${prefix.path}/wine WINEDEBUG=-all WINEDLLOVERRIDES=mscoree,mshtml= exec wine cmd "$@"\n`,
    });
    guest = await startGuest();
  });
  after(async () => {
    await guest[Symbol.asyncDispose]();
    await folders[Symbol.asyncDispose]();
    await prefix[Symbol.asyncDispose]();
  });

  const execute = async (
    kind: "bash" | "cmd",
    script: string,
    text: string,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<{ exitCode: number | null; stdout: string; stderr: string }> => {
    await writeFile(join(folders.settings.xchg, "run", script), text);
    const report = collectReport();
    const request = {
      type: "execute",
      ...guest.login,
      timeoutMs: 120_000,
      ...plainExecution,
      outputs: folders.outputs,
      kind,
      script,
      environment,
      last: false,
      sessionTimeoutMs: 120_000,
    } as const;
    const { exitCode } = await executeScript(request, settingsFor(folders, guest), report);
    return { exitCode, stdout: report.stdout().toString(), stderr: report.stderr().toString() };
  };

  for (const [code, want] of [
    ["0", 0],
    ["5", 5],
    ["256", 256],
    ["3010", 3010],
    ["-1073741819", 0xc000_0005],
  ] as const) {
    test(`a cmd script's bare exit ${code} ends the run with ${want}`, async () => {
      const text = `@echo off\r\necho up %greeting%\r\nexit ${code}\r\n`;
      const { exitCode, stdout } = await execute("cmd", "user.cmd", text, { greeting: "hello" });
      assert.equal(exitCode, want);
      assert.match(stdout, /up hello/);
    });
  }

  test("a cmd script's exit /b is seen as well", async () => {
    const { exitCode } = await execute("cmd", "user.cmd", "@exit /b 300\r\n");
    assert.equal(exitCode, 300);
  });

  for (const [code, want, said] of [
    ["0", 0, ""],
    ["7", 7, ""],
    ["256", 1, "exit code 256 (0x00000100)"],
    ["3010", 194, "exit code 3010 (0x00000BC2)"],
    ["-1073741819", 5, "exit code 3221225477 (0xC0000005)"],
  ] as const) {
    test(`native says ${said === "" ? "nothing" : said} and ends with ${want} for ${code}`, async () => {
      await writeFile(join(folders.settings.xchg, "run/program.cmd"), `@exit /b ${code}\r\n`);
      const { exitCode, stderr } = await execute("bash", "user.sh", 'native "$CASEMENT_RUN/program.cmd" a');
      assert.equal(exitCode, want, stderr);
      assert.ok(said === "" ? !stderr.includes("exit code") : stderr.includes(said), stderr);
    });
  }

  test("native hands a batch file its arguments in quotes", async () => {
    await writeFile(join(folders.settings.xchg, "run/program.cmd"), "@echo [%1] [%2]\r\n");
    const script = 'native "$CASEMENT_RUN/program.cmd" "a & b | c" "(1) > 2"';
    const { exitCode, stdout, stderr } = await execute("bash", "user.sh", script);
    assert.equal(exitCode, 0, stderr);
    assert.equal(stdout.trim(), '["a & b | c"] ["(1) > 2"]');
  });

  test("native hands on arguments as they are", async () => {
    // winepath prints each argument as a Unix path; the prefix makes it one.
    const words = ["a b", "100%PATH%", "x & y", "^caret^", "it's", "(1)", "!bang!"];
    const program = `${prefix.path}/wine/drive_c/windows/system32/winepath.exe`;
    const shell = words.map((word) => ` 'Z:/${word.replaceAll("'", "'\\''")}'`).join("");
    const { exitCode, stdout, stderr } = await execute("bash", "user.sh", `native ${program} -u${shell}`);
    assert.equal(exitCode, 0, stderr);
    assert.deepEqual(
      stdout
        .trim()
        .split(/\r?\n/)
        .map((line) => line.replace(/^.*\//, "")),
      words,
    );
  });
});
