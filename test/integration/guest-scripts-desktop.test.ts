// What a spec with windows.desktop adds to the installation, by Wine's cmd.exe. Effects under Wine are not effects in Windows.
import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { renderBootstrap } from "../../src/artifacts/bootstrap.ts";
import { desktopStage, parseBeacon } from "../../src/contract/guest.ts";
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
});
