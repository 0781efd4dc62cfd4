// The batch files of `access: openssh` by Wine's cmd.exe: what sets sshd up, and a session's. Effects under Wine are not
// effects in Windows.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { cmdSessionFile, renderCmdLogin, renderCmdSession } from "../../src/agent/cmd-drives.ts";
import { plainExecution } from "../agent/plain-execution.ts";
import { renderCmdExecution } from "../../src/agent/cmd-session.ts";
import { renderBootstrap } from "../../src/artifacts/bootstrap.ts";
import { opensshStage, parseBeacon } from "../../src/contract/guest.ts";
import { bootstrapSettings } from "../artifacts/bootstrap-settings.ts";
import { skipWithout } from "../support/external-tools.ts";
import { layMedium, layScripts } from "./guest-scripts/medium.ts";
import { startWine, type Wine } from "./guest-scripts/wine.ts";

const skip = skipWithout(["wine", "x86_64-w64-mingw32-gcc", "script"]);
const access = { kind: "openssh", user: "build", password: "Secret-1" } as const;
const medium = renderBootstrap(bootstrapSettings({ family: "10", access }), "");
const powerOff = "shutdown -s -t 0 -f";
const address = "0|ipconfig|   IPv4 Address. . . : 192.168.0.1";
const loggedIn = ["42|exit 42|", "0|whoami|Mandatory Label S-1-16-12288"];
const rights = (file: string): string =>
  `icacls C:\\ProgramData\\ssh\\${file} /inheritance:r /grant:r *S-1-5-18:F /grant:r *S-1-5-32-544:F`;

describe("the scripts of Win32-OpenSSH under Wine's cmd.exe", { skip }, () => {
  let wine: Wine;
  before(async () => {
    wine = await startWine();
    await layMedium(wine, medium);
    await wine.record("C:\\windows\\system32\\tar.exe");
    await mkdir(onC("drive-x/run/commands"), { recursive: true });
    await mkdir(onC("drive-s"), { recursive: true });
    const devices = join(wine.driveC, "../dosdevices");
    await symlink(onC("drive-x"), join(devices, "x:"));
    await symlink(onC("drive-s"), join(devices, "s:"));
  });
  after(() => wine[Symbol.asyncDispose]());
  beforeEach(async () => {
    await wine.reset();
    await wine.record("C:\\recorded\\icacls.exe");
    for (const folder of ["OpenSSH", "ProgramData/ssh", "windows/system32/OpenSSH"])
      await rm(onC(folder), { recursive: true, force: true });
    for (const name of ["sshd", "ssh", "ssh-keygen"]) await wine.record(`D:\\openssh\\${name}.exe`);
  });

  const onC = (path: string): string => join(wine.driveC, path);
  const text = (path: string): Promise<string> => readFile(onC(path), "utf8");
  const lastBeacon = async (): Promise<ReturnType<typeof parseBeacon>> =>
    parseBeacon((await wine.serial()).at(-1) ?? "");

  /** C:\casement as the first logon leaves it, keys included. */
  async function layDown(stage: string): Promise<void> {
    await layScripts(wine, medium, stage);
    await mkdir(onC("casement/keys"), { recursive: true });
    for (const name of ["ssh_host_ed25519_key", "ssh_host_ed25519_key.pub", "authorized_keys"])
      await writeFile(onC(`casement/keys/${name}`), `${name}\n`);
  }

  const startUp = (): Promise<unknown> => wine.run("cmd /c C:\\casement\\start-up.cmd");

  test("the programs of the medium become the service sshd, with keys that nobody else can read", async () => {
    await layDown(opensshStage);
    await wine.answer(["1060|sc query sshd|"]);
    await startUp();
    assert.deepEqual((await wine.calls()).slice(0, 6), [
      "sc stop sshd",
      "sc query sshd",
      "sc create sshd binPath= C:\\OpenSSH\\sshd.exe start= auto",
      rights("ssh_host_ed25519_key"),
      rights("administrators_authorized_keys"),
      "sc start sshd",
    ]);
    for (const name of ["sshd", "ssh", "ssh-keygen"]) assert.ok(existsSync(onC(`OpenSSH/${name}.exe`)), name);
    assert.match(await text("ProgramData/ssh/sshd_config"), /^PasswordAuthentication yes$/m);
    assert.equal(await text("ProgramData/ssh/ssh_host_ed25519_key"), "ssh_host_ed25519_key\n");
    assert.equal(await text("ProgramData/ssh/administrators_authorized_keys"), "authorized_keys\n");
    assert.equal(existsSync(onC("casement/keys/ssh_host_ed25519_key")), false, "one copy of the private key");
    assert.equal((await text("casement/stage.txt")).trim(), "verify");
    assert.deepEqual(
      (await wine.serial()).map((line) => parseBeacon(line)?.stage),
      [opensshStage, "settle"],
    );
  });

  test("the step can be done twice: the service is changed, and the host key stays", async () => {
    await layDown(opensshStage);
    await startUp();
    await writeFile(onC("casement/stage.txt"), `${opensshStage}\r\n`);
    await wine.answer(["1056|sc start sshd|"]);
    await startUp();
    const calls = await wine.calls();
    assert.equal(
      calls.filter((call) => call === "sc config sshd binPath= C:\\OpenSSH\\sshd.exe start= auto").length,
      2,
    );
    assert.equal(await text("ProgramData/ssh/ssh_host_ed25519_key"), "ssh_host_ed25519_key\n");
    assert.equal((await text("casement/stage.txt")).trim(), "verify");
  });

  test("without programs on the medium, Windows' own server is switched on", async () => {
    await rm(join(wine.driveD, "openssh"), { recursive: true });
    await wine.record("C:\\windows\\system32\\OpenSSH\\sshd.exe");
    await layDown(opensshStage);
    await startUp();
    assert.equal((await wine.calls())[0], "sc config sshd start= auto");
    assert.equal(existsSync(onC("OpenSSH")), false);
    assert.equal((await text("casement/stage.txt")).trim(), "verify");
  });

  test("without any server the build ends with what to do", async () => {
    await rm(join(wine.driveD, "openssh"), { recursive: true });
    await layDown(opensshStage);
    await startUp();
    assert.deepEqual(await lastBeacon(), {
      kind: "failed",
      stage: opensshStage,
      code: 3,
      reason: "neither the bootstrap medium nor Windows has an OpenSSH server, give load openssh = PATH",
    });
    assert.equal((await wine.calls()).at(-1), powerOff);
  });

  const failures = [
    { answers: ["5|sc config|"], code: 1, reason: "the service sshd could not be made" },
    {
      answers: ["1053|sc start|"],
      code: 1053,
      reason: "the service sshd could not be started, sc ended with 1053",
    },
    {
      answers: ["5|administrators_authorized_keys|"],
      code: 4,
      reason: "the rights to keys in C:\\ProgramData\\ssh could not be set",
    },
  ];
  for (const { answers, code, reason } of failures) {
    test(`${answers.join()} is announced: ${reason}`, async () => {
      await layDown(opensshStage);
      await wine.answer(answers);
      await startUp();
      assert.deepEqual(await lastBeacon(), { kind: "failed", stage: opensshStage, code, reason });
    });
  }

  async function layInstalled(): Promise<void> {
    await layDown(opensshStage);
    await startUp();
  }

  test("verify logs in over loopback by a key of its own, against the image's host key, and takes it away", async () => {
    await layInstalled();
    await wine.record("C:\\OpenSSH\\ssh.exe");
    // ssh-keygen made no file here.
    await writeFile(onC("OpenSSH/ssh-keygen.exe"), await readFile(onC("recorded/icacls.exe")));
    await wine.answer([address, ...loggedIn]);
    const before = (await wine.calls()).length;
    await startUp();
    const calls = (await wine.calls()).slice(before);
    assert.equal(calls[1], 'ssh-keygen -q -t ed25519 -N "" -C casement-verify -f key');
    assert.match(
      calls[2] ?? "",
      /^ssh -F none -i key -o UserKnownHostsFile=known_hosts -o StrictHostKeyChecking=yes .*build@127\.0\.0\.1 exit 42$/,
    );
    assert.match(calls[3] ?? "", /build@127\.0\.0\.1 whoami \/groups$/);
    assert.deepEqual(calls.slice(4), ["schtasks /delete /tn casement /f", powerOff]);
    assert.equal(await text("ProgramData/ssh/administrators_authorized_keys"), "authorized_keys\n");
    assert.equal(existsSync(onC("casement/verify")), false);
  });

  test("a session without an administrator's token ends the build", async () => {
    await layInstalled();
    await wine.answer([address, "42|exit 42|", "0|whoami|S-1-16-8192"]);
    await startUp();
    assert.deepEqual(await lastBeacon(), {
      kind: "failed",
      stage: "verify",
      code: 1,
      reason: "the session has no administrator token",
    });
  });

  describe("a session's", () => {
    const account = { server: "192.168.0.2", user: access.user, password: access.password };

    /** Runs the command line that the agent sends, as sshd does; Wine's drives stand in for mapped ones. */
    async function runSession(
      lines: readonly string[],
      environment: Readonly<Record<string, string>> = {},
    ): Promise<string> {
      for (const name of ["exit-code", "session-error"])
        await rm(onC(`drive-x/run/${name}`), { force: true });
      await mkdir(onC("casement"), { recursive: true });
      const { files, body } = renderCmdExecution({
        ...plainExecution,
        kind: "cmd",
        script: "user.cmd",
        environment,
        outputs: { out: "/nix/store/out" },
      });
      for (const [name, content] of files) await writeFile(onC(`drive-x/${name}`), content);
      await writeFile(onC("drive-x/run/user.cmd"), ["@echo off", ...lines, ""].join("\r\n"));
      await writeFile(
        onC(`drive-x/${cmdSessionFile}`),
        renderCmdSession({ ...account, nonce: "nonce", body }),
      );
      const { output } = await wine.run(`cmd.exe /c "${renderCmdLogin(account)}"`);
      return output;
    }

    for (const [line, code] of [
      ["exit 0", "0"],
      ["exit 42", "42"],
      ["exit 256", "256"],
      ["exit /b 256", "256"],
      ["exit -1073741819", "-1073741819"],
    ] as const) {
      test(`script that ends by ${line} leaves ${code}, whole`, async () => {
        const output = await runSession([line]);
        assert.match(output, /casement-session nonce mapped/);
        assert.equal((await text("drive-x/run/exit-code")).trim(), code);
        const calls = await wine.calls();
        assert.equal(
          calls.some((call) => call.startsWith("tar -cf X:\\outputs.tar.part")),
          code === "0",
        );
        assert.deepEqual(calls.slice(0, 2), [
          "net use X: \\\\192.168.0.2\\xchg Secret-1 /user:build /persistent:no",
          "net use S: \\\\192.168.0.2\\nixstore Secret-1 /user:build /persistent:no",
        ]);
        assert.deepEqual(calls.slice(-2), ["net use X: /delete /y", "net use S: /delete /y"]);
      });
    }

    test("variables arrive as they are, and commands in them are none", async () => {
      const value = `50% of "a" & <b> | ^c (!) %PATH% "`;
      await runSession(["set it>%out%\\it"], { it: value });
      assert.equal((await text("nix/store/out/it")).trimEnd(), `it=${value}`);
    });

    test("drive that cannot be mapped is told before the marker", async () => {
      await wine.answer(["2|net use S:|System error 53 has occurred."]);
      const output = await runSession(["exit 0"]);
      assert.match(output, /System error 53/);
      assert.doesNotMatch(output, /mapped/);
    });
  });
});
