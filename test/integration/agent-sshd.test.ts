import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { after, before, describe, test } from "node:test";
import { checkSession } from "../../src/agent/check-session.ts";
import { executeScript } from "../../src/agent/execute.ts";
import { untilSshBanner } from "../../src/agent/reach.ts";
import { run } from "../../src/process/run.ts";
import { type Running, spawn } from "../../src/process/spawn.ts";
import { makeKeyPair } from "../../src/runtime/keys.ts";
import { plainExecution } from "../agent/plain-execution.ts";
import { collectReport } from "../agent/collected-report.ts";
import { account, type GuestFolders, hostKeys, makeGuestFolders, settingsFor } from "../agent/guest.ts";
import { unpacked } from "../agent/unpacked.ts";
import { type Ways, waysTo } from "../agent/ways.ts";
import { findProgram, skipWithout } from "../support/external-tools.ts";
import { freePort } from "../support/free-port.ts";

// In a mount namespace of its own, so that the account is sshd's alone and this machine's accounts stay as they are.
const start = `set -e
mount --bind "$1/passwd" /etc/passwd
mount --bind "$1/shadow" /etc/shadow
mount -t tmpfs tmpfs /run
mkdir /run/sshd
exec "$2" -D -e -f "$1/sshd_config"
`;

// Cygwin's sshd is OpenSSH too: what this shows that ssh2's own server cannot is their conversation.
describe("the agent with OpenSSH's server", {
  skip: skipWithout(["sshd", "unshare", "perl"]) || notRoot(),
  timeout: 60_000,
}, () => {
  let folders: GuestFolders;
  let sshd: Running;
  let port: number;
  let ways: Ways;
  before(async () => {
    folders = await makeGuestFolders();
    port = await freePort();
    ways = waysTo(port);
    await writeSettings(folders.root, port);
    const script = ["bash", "-c", start, "start", folders.root, findProgram("sshd") ?? "sshd"];
    sshd = await spawn({ file: "unshare", args: ["--mount", "--propagation", "private", ...script] });
    sshd.stdout.resume();
    await untilSshBanner(ways, 20_000);
  });
  after(async () => {
    await sshd[Symbol.asyncDispose]();
    await folders[Symbol.asyncDispose]();
  });

  const login = () => ({
    ...account,
    access: "cygwin" as const,
    hostKey: hostKeys.publicKey,
    timeoutMs: 20_000,
  });
  const execute = async (text: string, changes: { password?: string; hostKey?: string } = {}) => {
    const report = collectReport();
    await writeFile(join(folders.settings.xchg, "run/user.sh"), text);
    const { exitCode } = await executeScript(
      {
        type: "execute",
        ...login(),
        ...plainExecution,
        outputs: folders.outputs,
        last: false,
        sessionTimeoutMs: 20_000,
        ...changes,
      },
      settingsFor(folders, { ways }),
      report,
    );
    return { exitCode, report };
  };

  test("knows it by its banner", async () => {
    assert.match(await untilSshBanner(ways, 5000), /^SSH-2\.0-OpenSSH_/);
  });

  test("gives a shell a terminal of the size that it was told, and keys as they are", async () => {
    const report = collectReport();
    await writeFile(join(folders.settings.xchg, "run/user.sh"), "exit 9");
    const running = executeScript(
      {
        type: "execute",
        ...login(),
        ...plainExecution,
        collect: "never",
        shell: { when: "after", terminal: { type: "xterm", columns: 77, rows: 33 } },
        last: false,
        sessionTimeoutMs: 20_000,
      },
      settingsFor(folders, { ways }),
      report,
    );
    const type = (text: string): void => report.type(text);
    const until = async (pattern: RegExp): Promise<void> => {
      for (let tries = 0; !pattern.test(report.stdout().toString()); tries++) {
        assert.ok(tries < 500, `no ${pattern} in ${report.stdout().toString()}`);
        await delay(20);
      }
    };
    await until(/exit ends this shell[\s\S]*[#$] /);
    type("stty size; tty; sleep 60\r");
    await until(/33 77\r\n\/dev\/pts\/\d+/);
    type("\x03");
    type("echo code $?\r");
    await until(/code 130\r\n/);
    type("\x04");
    assert.deepEqual(await running, { exitCode: 9 });
  });

  test("logs in by password, runs a command, and brings its output and result back", async () => {
    const { exitCode, report } = await execute(
      'echo "$SSH_CONNECTION"; echo err >&2; echo made >"$out/file"',
    );
    assert.equal(exitCode, 0);
    assert.match(report.stdout().toString(), new RegExp(`^127.0.0.1 \\d+ 127.0.0.1 ${port}\n$`));
    assert.equal(report.stderr().toString(), "err\n");
    assert.equal(await readFile(join((await unpacked(folders)) ?? "", "hash-out/file"), "utf8"), "made\n");
  });

  for (const [script, want] of [
    ["exit 42", 42],
    ["kill -KILL $$", 137],
  ] as const) {
    test(`${script} ends the run with ${want}`, async () => {
      assert.equal((await execute(script)).exitCode, want);
    });
  }

  test("takes more output than any window holds, byte for byte", async () => {
    const { report } = await execute("head -c 5000000 /dev/zero | tr '\\0' x");
    assert.equal(report.stdout().length, 5_000_000);
  });

  test("proves a session and leaves no connection behind", async () => {
    const report = collectReport();
    const request = { type: "check-session", ...login(), desktopSeconds: null } as const;
    await checkSession(request, settingsFor(folders, { ways }), report);
    const loggingIn = ["banner", "key-exchange", "login"];
    assert.deepEqual(report.steps, [...loggingIn, "map-drives", "check", "disconnect"]);
  });

  test("refuses another host key before any password is sent", async () => {
    const { publicKey: hostKey } = await makeKeyPair("other");
    await assert.rejects(execute("", { hostKey }), {
      step: "host-key",
      message: /the host key is not the image's/,
    });
    assert.doesNotMatch(sshd.lastStderr().split("\n").slice(-2).join("\n"), /Failed password/);
  });

  test("a wrong password fails in the step login", async () => {
    await assert.rejects(execute("", { password: "wrong" }), { step: "login", message: /was refused/ });
    assert.match(sshd.lastStderr(), /Failed password for builder/);
  });
});

async function writeSettings(root: string, port: number): Promise<void> {
  const keyFile = join(root, "host-key");
  await writeFile(keyFile, hostKeys.privateKey, { mode: 0o600 });
  const { stdout: hash } = await run({
    file: "perl",
    args: ["-e", "print crypt($ARGV[0], q($6$casement$))", account.password],
  });
  // Uid 0: the folders of the test belong to whoever runs it.
  await writeFile(
    join(root, "passwd"),
    `root:x:0:0::/root:/bin/bash\n${account.user}:x:0:0::/:/bin/bash\nsshd:x:65533:65534::/:/bin/false\n`,
  );
  await writeFile(join(root, "shadow"), `root:*:19000::::::\n${account.user}:${hash}:19000::::::\n`, {
    mode: 0o600,
  });
  await writeFile(
    join(root, "sshd_config"),
    `ListenAddress 127.0.0.1
Port ${port}
HostKey ${keyFile}
PidFile none
UsePAM no
StrictModes no
PermitRootLogin yes
PasswordAuthentication yes
`,
  );
}

function notRoot(): string | false {
  return process.getuid?.() === 0 ? false : "a mount namespace with other accounts needs root";
}
