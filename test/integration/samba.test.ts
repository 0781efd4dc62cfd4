import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { chmod, mkdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { untilListening } from "../../src/agent/reach.ts";
import { ntHash } from "../../src/artifacts/nt-hash.ts";
import { renderSmbConf, renderSmbPasswd } from "../../src/artifacts/smb-conf.ts";
import { findProgram, skipWithout } from "../support/external-tools.ts";
import { freePort } from "../support/free-port.ts";
import { makeTempFolder, type TempFolder } from "../support/temp-folder.ts";

// A Unix account that every machine has: Samba looks its users up in passwd.
const user = "nobody";
const password = "Pass-word.1";

describe("Samba with the controller's settings", {
  skip: skipWithout(["smbd", "smbclient"]) || notRoot(),
}, () => {
  let temp: TempFolder;
  let port: number;
  let ended: Promise<unknown>;
  let stop: () => void;
  before(async () => {
    temp = await makeTempFolder();
    port = await freePort();
    await makeFolders(temp.path);
    const state = join(temp.path, "state");
    const conf = renderSmbConf({
      user,
      port,
      interface: "lo",
      store: join(temp.path, "store"),
      xchg: join(temp.path, "xchg"),
      state,
    });
    await writeFile(join(temp.path, "smb.conf"), conf);
    await writeFile(join(state, "smbpasswd"), renderSmbPasswd(user, ntHash(password)), { mode: 0o600 });
    const smbd = findProgram("smbd") ?? "smbd";
    const args = [
      "--foreground",
      "--no-process-group",
      "--debug-stdout",
      `--configfile=${join(temp.path, "smb.conf")}`,
    ];
    // A process group of its own: smbd ends its helpers with it.
    const child = spawn(smbd, args, { stdio: ["ignore", "ignore", "inherit"], detached: true });
    ended = new Promise((resolve) => child.once("exit", resolve));
    stop = () => void process.kill(-(child.pid ?? 0), "SIGTERM");
    await untilListening({ address: "127.0.0.1", port }, 20_000);
  });
  after(async () => {
    stop();
    await ended;
    await temp[Symbol.asyncDispose]();
  });

  const client = (share: string, commands: string, options: readonly string[] = []): Promise<Answer> =>
    smbclient(port, share, commands, options);

  test("lets the user in", async () => {
    const { code, text } = await client("nixstore", "ls");
    assert.equal(code, 0, text);
    assert.match(text, /abc-hello/);
  });

  for (const [title, options, want] of [
    ["nobody without an account", ["-N", "-U", "%"], /NT_STATUS_ACCESS_DENIED/],
    ["a wrong password", ["-U", `${user}%wrong`], /NT_STATUS_LOGON_FAILURE/],
    ["an unknown user", ["-U", `other%${password}`], /NT_STATUS_LOGON_FAILURE/],
    ["SMB 1", ["--option=client min protocol=NT1", "-m", "NT1"], /protocol negotiation failed/],
    ["SMB 2.1", ["--option=client min protocol=SMB2_02", "-m", "SMB2_10"], /protocol negotiation failed/],
  ] as const) {
    test(`refuses ${title}`, async () => {
      const { code, text } = await client("xchg", "ls", options);
      assert.notEqual(code, 0);
      assert.match(text, want);
    });
  }

  test("takes signed sessions of SMB 3 at least", async () => {
    const { code, text } = await client("xchg", "ls", ["-m", "SMB3_00", "--client-protection=sign"]);
    assert.equal(code, 0, text);
  });

  test("keeps the SYSTEM attribute, by which Cygwin knows its symlinks", async () => {
    const { text } = await client("xchg", "put file link; setmode link +s; allinfo link");
    assert.match(text, /attributes: .*S/);
    const again = await client("xchg", "allinfo link; setmode link -s; allinfo link");
    assert.match(again.text, /attributes: [A-Z]*S[^]*attributes: (?![A-Z]*S)/);
  });

  test("gives a written file no x bit", async () => {
    const { code, text } = await client("xchg", "put file plain");
    assert.equal(code, 0, text);
    assert.equal((await stat(join(temp.path, "xchg/plain"))).mode & 0o111, 0);
  });

  test("shows files behind absolute symlinks of the store", async () => {
    const { code, text } = await client("nixstore", `get abc-hello/absolute ${join(temp.path, "got")}`);
    assert.equal(code, 0, text);
    assert.equal(await readFile(join(temp.path, "got"), "utf8"), "hello from the store\n");
  });

  test("hides what a symlink names outside of the store", async () => {
    const { code, text } = await client(
      "nixstore",
      `get abc-hello/outside ${join(temp.path, "got-outside")}`,
    );
    assert.notEqual(code, 0);
    assert.match(text, /NT_STATUS_(OBJECT_NAME_NOT_FOUND|ACCESS_DENIED|OBJECT_PATH_NOT_FOUND)/);
  });

  test("writes nothing to the store", async () => {
    const { code, text } = await client("nixstore", "put file new");
    assert.notEqual(code, 0);
    assert.match(text, /NT_STATUS_ACCESS_DENIED/);
  });

  async function smbclient(
    at: number,
    share: string,
    commands: string,
    options: readonly string[],
  ): Promise<Answer> {
    const login = options.includes("-U") ? [] : ["-U", `${user}%${password}`];
    const args = [
      `//127.0.0.1/${share}`,
      "-p",
      String(at),
      "-s",
      "/dev/null",
      ...login,
      ...options,
      "-c",
      commands,
    ];
    return new Promise((resolve) => {
      execFile("smbclient", args, { cwd: temp.path, timeout: 30_000 }, (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
        resolve({ code, text: `${stdout}${stderr}` });
      });
    });
  }
});

interface Answer {
  readonly code: number;
  readonly text: string;
}

function notRoot(): string | false {
  return process.getuid?.() === 0 ? false : "smbd changes users, which needs root";
}

async function makeFolders(root: string): Promise<void> {
  // The server's user need not be able to enter the test's folder, but force user = root does.
  await mkdir(join(root, "store/abc-hello"), { recursive: true });
  await mkdir(join(root, "xchg"));
  await mkdir(join(root, "state/ncalrpc"), { recursive: true });
  await writeFile(join(root, "file"), "content\n");
  await writeFile(join(root, "store/abc-hello/text"), "hello from the store\n");
  await chmod(join(root, "store/abc-hello/text"), 0o444);
  await symlink(join(root, "store/abc-hello/text"), join(root, "store/abc-hello/absolute"));
  await symlink("/etc/hostname", join(root, "store/abc-hello/outside"));
}
