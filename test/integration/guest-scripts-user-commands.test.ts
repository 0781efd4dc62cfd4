// The spec's own commands for the first logon, under Wine's cmd.exe.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { renderBootstrap } from "../../src/artifacts/bootstrap.ts";
import { parseBeacon } from "../../src/contract/guest.ts";
import { bootstrapSettings } from "../artifacts/bootstrap-settings.ts";
import { skipWithout } from "../support/external-tools.ts";
import { layMedium } from "./guest-scripts/medium.ts";
import { startWine, type Wine } from "./guest-scripts/wine.ts";

const skip = skipWithout(["wine", "x86_64-w64-mingw32-gcc", "script"]);

describe("windows.commands.firstLogon under Wine's cmd.exe", { skip }, () => {
  let wine: Wine;
  before(async () => {
    wine = await startWine();
  });
  after(() => wine[Symbol.asyncDispose]());
  beforeEach(async () => {
    await wine.reset();
    await rm(join(wine.driveC, "made.txt"), { force: true });
  });

  const made = async (): Promise<string[]> =>
    (await readFile(join(wine.driveC, "made.txt"), "utf8")).split(/\r?\n/).map((line) => line.trimEnd());

  async function logOn(family: "xp" | "11", commands: readonly string[]): Promise<void> {
    const files = [
      { path: "note.txt", base64: Buffer.from("from the medium\r\n").toString("base64") },
      { path: "other.cmd", base64: Buffer.from("@exit /b 0\r\n").toString("base64") },
    ];
    await rm(join(wine.driveC, "casement"), { recursive: true, force: true });
    await layMedium(wine, renderBootstrap(bootstrapSettings({ family, firstLogon: commands, files }), ""));
    await wine.run("cmd /c D:\\casement\\first-logon.cmd");
  }

  for (const family of ["xp", "11"] as const) {
    test(`${family}: they run as written, one after the other, with the medium at hand, before the restart`, async () => {
      await logOn(family, [
        'set "WORD=a & b"',
        '>C:\\made.txt echo "%WORD%" 100%%',
        "type %MEDIUM%\\files\\note.txt >>C:\\made.txt",
        "for %%i in (a b) do @echo item %%i>>C:\\made.txt",
        "call %MEDIUM%\\files\\other.cmd",
      ]);
      assert.deepEqual(await made(), ['"a & b" 100%', "from the medium", "item a", "item b", ""]);
      assert.deepEqual(
        (await wine.serial()).map((line) => parseBeacon(line)?.stage),
        ["first-logon", "user-commands"],
      );
      const calls = await wine.calls();
      assert.match(calls.at(-2) ?? "", /^schtasks \/create/);
      assert.equal(calls.at(-1), "shutdown -r -t 5 -f");
      assert.ok(!existsSync(join(wine.driveC, "casement/reason.txt")));
    });
  }

  const failures = [
    {
      title: "a command with a code",
      command: "cmd /c exit 7",
      code: 7,
      reason: "windows.commands.firstLogon[1] ended with 7",
    },
    {
      title: "a command with a negative code",
      command: "cmd /c exit -5",
      code: -5,
      reason: "windows.commands.firstLogon[1] ended with -5",
    },
    {
      title: "a command that asks for a restart by its code",
      command: "cmd /c exit 3010",
      code: 3010,
      reason: "windows.commands.firstLogon[1] ended with 3010",
    },
    {
      title: "a program that is not there",
      command: "no-such-program",
      code: undefined,
      reason: /^windows\.commands\.firstLogon\[1\] ended with \d+$/,
    },
    {
      title: "exit in the middle",
      command: "exit /b 0",
      code: 1,
      reason: /^windows\.commands\.firstLogon\[1\] ended the script: /,
    },
    {
      title: "exit of the whole cmd",
      command: "exit 4",
      code: 4,
      reason: /^windows\.commands\.firstLogon\[1\] ended the script: /,
    },
  ] as const;
  for (const { title, command, code, reason } of failures) {
    test(`${title} ends the installation and is named, and the next one does not run`, async () => {
      await logOn("11", ["echo before", command, "echo after>C:\\made.txt"]);
      const lines = await wine.serial();
      const last = parseBeacon(lines.at(-1) ?? "");
      assert.ok(last?.kind === "failed", lines.join("\n"));
      assert.equal(last.stage, "user-commands");
      if (code !== undefined) assert.equal(last.code, code);
      assert.match(last.reason, typeof reason === "string" ? /./ : reason);
      if (typeof reason === "string") assert.equal(last.reason, reason);
      assert.ok(lines.includes("before"), "its output stands before the line that ends the build");
      assert.ok(!existsSync(join(wine.driveC, "made.txt")));
      assert.equal((await wine.calls()).at(-1), "shutdown -s -t 0 -f");
    });
  }
});
