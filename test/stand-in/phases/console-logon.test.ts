import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { loadConsoleLogon } from "../../../src/stand-in/machine/console.ts";
import { playConsoleLogon } from "../../../src/stand-in/phases/console-logon.ts";
import { runIn } from "../programs/run-program.ts";

const winlogon = '"HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon"';
let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "stand-in-logon-"));
  mkdirSync(join(root, "stand-in/state"), { recursive: true });
  const accounts = [{ name: "Builder", password: "it's secret", administrator: true }];
  writeFileSync(join(root, "stand-in/state/accounts.json"), JSON.stringify(accounts));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function set(name: string, data: string, type = "REG_SZ"): void {
  assert.equal(runIn(root, `reg add ${winlogon} /v ${name} /t ${type} /d "${data}" /f`).code, 0);
}
function whoAfterRestart(): string | undefined {
  rmSync(join(root, "run"), { recursive: true, force: true });
  playConsoleLogon(root);
  return loadConsoleLogon(root)?.user;
}

test("the user that Winlogon's values name is logged on at every start", () => {
  assert.equal(whoAfterRestart(), undefined);
  set("AutoAdminLogon", "1");
  set("DefaultUserName", "builder");
  set("DefaultPassword", "it's secret");
  assert.equal(whoAfterRestart(), "Builder");
  assert.equal(whoAfterRestart(), "Builder");
  set("AutoAdminLogon", "0");
  assert.equal(whoAfterRestart(), undefined);
});

test("nobody is with a wrong password or for an account that is not there", () => {
  set("AutoAdminLogon", "1");
  set("DefaultUserName", "builder");
  set("DefaultPassword", "another");
  assert.equal(whoAfterRestart(), undefined);
  set("DefaultPassword", "it's secret");
  set("DefaultUserName", "nobody");
  assert.equal(whoAfterRestart(), undefined);
});

test("a count goes down at each start, and ends it with the password", () => {
  set("AutoAdminLogon", "1");
  set("DefaultUserName", "builder");
  set("DefaultPassword", "it's secret");
  set("AutoLogonCount", "2", "REG_DWORD");
  assert.deepEqual(
    [whoAfterRestart(), whoAfterRestart(), whoAfterRestart()],
    ["Builder", "Builder", undefined],
  );
  assert.notEqual(runIn(root, `reg query ${winlogon} /v DefaultPassword`).code, 0);
  assert.match(runIn(root, `reg query ${winlogon} /v AutoAdminLogon`).output, /REG_SZ {4}0/);
});
