import { randomBytes } from "node:crypto";
import { runCaptured } from "../../process/attached.ts";
import { loadState, stateFile, writeState, writeWhole } from "./files.ts";

export interface Account {
  readonly name: string;
  readonly password: string;
  readonly administrator: boolean;
}

export function loadAccounts(root = ""): Account[] {
  return loadState(stateFile("accounts.json", root), []);
}

/**
 * Stores the accounts and writes what sshd reads of them. Each account is another name of uid 0: it is an administrator whose
 * sessions mount shares, and Linux has no cheaper way to let it. Group 544 is Administrators, user 18 is SYSTEM, as in Cygwin.
 */
export function writeAccounts(accounts: readonly Account[], root = ""): void {
  writeState(stateFile("accounts.json", root), accounts);
  const shell = "/stand-in/bin/login-shell";
  writeWhole(
    `${root}/etc/passwd`,
    [
      ...accounts.map(({ name }) => `${name}:x:0:0:${name}:/home/${name}:${shell}`),
      "SYSTEM:x:18:18::/home/SYSTEM:/nonexistent",
      "sshd:x:74:74::/var/empty:/nonexistent",
      "",
    ].join("\n"),
  );
  const administrators = accounts.filter((each) => each.administrator).map((each) => each.name);
  writeWhole(
    `${root}/etc/group`,
    [
      "None:x:0:",
      "SYSTEM:x:18:",
      "sshd:x:74:",
      `Users:x:545:${accounts.map((each) => each.name).join(",")}`,
      `Administrators:x:544:${administrators.join(",")}`,
      "",
    ].join("\n"),
  );
  const lines = accounts.map(({ name, password }) => `${name}:${hash(password)}:20000:0:99999:7:::`);
  writeWhole(
    `${root}/etc/shadow`,
    [...lines, "SYSTEM:*:20000:0:99999:7:::", "sshd:*:20000:0:99999:7:::", ""].join("\n"),
    0o600,
  );
  // The session's own network credentials; net use reads them for a login by password.
  writeWhole(stateFile("credentials", root), accounts[0]?.password ?? "", 0o600);
}

/** By as few rounds as crypt takes: its 5000 cost an emulated login 0.05 s, and Windows' own hash is one round of MD4. */
function hash(password: string): string {
  const salt = randomBytes(6).toString("hex");
  return runCaptured(
    { file: "/stand-in/applets/mkpasswd", args: ["-m", "sha256", "-S", `rounds=1000$${salt}`, "-P", "0"] },
    `${password}\n`,
  ).trim();
}
