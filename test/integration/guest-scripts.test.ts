// Every generated batch file by a cmd.exe that nobody here wrote: Wine's. Effects under Wine are not effects in Windows.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { renderBootstrap } from "../../src/artifacts/bootstrap.ts";
import { beaconStages, parseBeacon } from "../../src/contract/guest.ts";
import { renderAnswerFile } from "../../src/unattend/answer-file.ts";
import { findSettings } from "../../src/unattend/find-settings.ts";
import { parseXml } from "../../src/unattend/parse-xml.ts";
import { bootstrapSettings } from "../artifacts/bootstrap-settings.ts";
import { skipWithout } from "../support/external-tools.ts";
import { answerSettings } from "../unattend/answer-settings.ts";
import { layMedium, layScripts } from "./guest-scripts/medium.ts";
import { startWine, type Wine } from "./guest-scripts/wine.ts";

const skip = skipWithout(["wine", "x86_64-w64-mingw32-gcc", "script"]);
const settings = answerSettings();
const answerFile = renderAnswerFile(settings);
const medium = renderBootstrap(
  bootstrapSettings({
    family: "11",
    cygwin: {
      packages: ["openssh", "cygrunsrv", "tar"],
      architecture: "x86_64",
      sshdService: "cygsshd",
    },
  }),
  answerFile,
);
const address = "0|ipconfig|   IPv4 Address. . . : 192.168.0.1";
const restart = "shutdown -r -t 0 -f";
const powerOff = "shutdown -s -t 0 -f";

describe("guest scripts under Wine's cmd.exe", { skip }, () => {
  let wine: Wine;
  before(async () => {
    wine = await startWine();
    await layMedium(wine, medium);
    await wine.record("D:\\cygwin\\setup-x86_64.exe");
    await wine.record("C:\\cygwin64\\bin\\bash.exe");
    await wine.record("C:\\windows\\Microsoft.NET\\Framework64\\v4.0.30319\\ngen.exe");
  });
  after(() => wine[Symbol.asyncDispose]());
  beforeEach(() => wine.reset());

  const onC = (path: string): string => join(wine.driveC, path);
  const serialOf = async (): Promise<string[]> =>
    (await wine.serial()).filter((line) => line.startsWith("casement "));

  const layDown = (stage?: string): Promise<void> => layScripts(wine, medium, stage);

  const stage = async (): Promise<string> => (await readFile(onC("casement/stage.txt"), "utf8")).trim();

  /** Steps that a test is not about are left out, because quieten alone starts a hundred programs. */
  async function replaceStep(name: string, lines: readonly string[]): Promise<void> {
    await writeFile(onC(`casement/${name}`), lines.map((line) => `${line}\r\n`).join(""));
  }

  test("the answer file's one command finds the medium and lays the start-up task", async () => {
    await rm(onC("casement"), { recursive: true, force: true });
    const path = "FirstLogonCommands/SynchronousCommand/CommandLine";
    const command = findSettings(parseXml(answerFile), "Microsoft-Windows-Shell-Setup", path)[0]?.text ?? "";
    await wine.run(command);
    assert.deepEqual(await wine.calls(), [
      "schtasks /create /tn casement /tr C:\\casement\\start-up.cmd /sc onstart /ru SYSTEM /rl highest /f",
      "shutdown -r -t 5 -f",
    ]);
    assert.deepEqual(await wine.serial(), ["casement stage=first-logon"]);
    for (const { path: artifact, content } of medium.filter(({ path: name }) =>
      name.includes("/casement/"),
    )) {
      const copied = await readFile(onC(`casement/${artifact.split("/").at(-1)}`), "utf8");
      assert.equal(copied, content, artifact);
    }
    assert.equal(await readFile(onC("casement/keys/authorized_keys"), "utf8"), "authorized_keys\n");
    const winlogon = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon";
    assert.equal(await wine.dword(winlogon, "AutoLogonCount"), 0);
  });

  test("a first logon that cannot register the task says so and shuts down", async () => {
    await wine.answer(["5|schtasks /create|ERROR: Access is denied."]);
    await wine.run("cmd /c D:\\casement\\first-logon.cmd");
    const lines = await wine.serial();
    assert.ok(lines.includes("ERROR: Access is denied."), lines.join("\n"));
    assert.deepEqual(parseBeacon(lines.at(-1) ?? ""), {
      kind: "failed",
      stage: "first-logon",
      code: 1,
      reason: "the start-up task cannot be registered",
    });
    assert.equal((await wine.calls()).at(-1), powerOff);
  });

  test("the state machine goes from the first start to installed over one restart", async () => {
    await layDown();
    await replaceStep("quieten.cmd", ["@exit /b 0"]);
    await wine.answer([address]);
    await wine.run("cmd /c C:\\casement\\start-up.cmd");
    assert.equal(await stage(), "verify");
    const first = await wine.calls();
    assert.equal(
      first[0]?.replaceAll('"', ""),
      "setup-x86_64 -q -L -l D:\\cygwin -R C:\\cygwin64 -P openssh,cygrunsrv,tar -n -N -d -B -X --no-version-check",
    );
    assert.deepEqual(first.slice(1), [
      "bash --login /cygdrive/c/casement/set-up-sshd.sh",
      "ngen executeQueuedItems",
      "rundll32 advapi32.dll,ProcessIdleTasks",
      restart,
    ]);
    await wine.run("cmd /c C:\\casement\\start-up.cmd");
    assert.equal(await stage(), "installed");
    assert.deepEqual((await wine.calls()).slice(first.length), [
      "ipconfig",
      "bash --login /cygdrive/c/casement/verify.sh",
      "schtasks /delete /tn casement /f",
      powerOff,
    ]);
    const stages = (await serialOf()).map((line) => parseBeacon(line)?.stage);
    assert.deepEqual(stages, beaconStages.slice(1));
  });

  test("exit code 118 of Cygwin's setup is success and a restart, and sshd comes next", async () => {
    await layDown("cygwin");
    await wine.answer(["118|setup-x86_64|"]);
    await wine.run("cmd /c C:\\casement\\start-up.cmd");
    assert.equal(await stage(), "sshd");
    assert.deepEqual((await wine.calls()).slice(1), [restart]);
    await wine.run("cmd /c C:\\casement\\start-up.cmd");
    assert.equal((await wine.calls())[2], "bash --login /cygdrive/c/casement/set-up-sshd.sh");
    const stages = (await serialOf()).map((line) => parseBeacon(line)?.stage);
    assert.deepEqual(stages, ["cygwin", "sshd", "settle"]);
  });

  const failures = [
    { stage: "cygwin", answer: "5|setup-x86_64|", code: 5, reason: "setup-x86_64.exe ended with 5" },
    {
      stage: "sshd",
      answer: "300|set-up-sshd.sh|no such thing",
      code: 300,
      reason: "set-up-sshd.sh ended with 300",
    },
    { stage: "sshd", answer: "4294967295|set-up-sshd.sh|", code: -1, reason: "set-up-sshd.sh ended with -1" },
    {
      stage: "verify",
      answer: "0|ipconfig|nothing",
      code: 1,
      reason: "the address 192.168.0.1 is not set on any interface",
    },
  ];
  for (const failure of failures) {
    test(`code ${failure.code} in ${failure.stage} is announced whole, with the reason, and shuts down`, async () => {
      await layDown(failure.stage);
      await wine.answer([failure.answer]);
      await wine.run("cmd /c C:\\casement\\start-up.cmd");
      const lines = await wine.serial();
      const { code, reason } = failure;
      assert.deepEqual(parseBeacon(lines.at(-1) ?? ""), {
        kind: "failed",
        stage: failure.stage,
        code,
        reason,
      });
      const calls = await wine.calls();
      assert.equal(calls.at(-1), powerOff);
      assert.equal(calls.includes("schtasks /delete /tn casement /f"), false);
      assert.equal(await stage(), failure.stage, "the next start tries the step again");
      if (failure.answer.endsWith("no such thing")) {
        assert.ok(
          lines.includes("no such thing"),
          "the step's log stands before the line that ends the build",
        );
      }
    });
  }

  test("a step that fails without a reason does not borrow the last one's", async () => {
    await layDown("quieten");
    await writeFile(onC("casement/reason.txt"), "an old reason\r\n");
    await replaceStep("quieten.cmd", ["@exit /b 9"]);
    await wine.run("cmd /c C:\\casement\\start-up.cmd");
    assert.deepEqual((await serialOf()).at(-1), "casement failed=quieten code=9 reason=no reason given");
  });

  test("a stage that is not known ends the build", async () => {
    await layDown("lunch");
    await wine.run("cmd /c C:\\casement\\start-up.cmd");
    assert.deepEqual(await serialOf(), [
      "casement failed=lunch code=1 reason=stage.txt names an unknown step",
    ]);
    assert.deepEqual(await wine.calls(), [powerOff]);
  });

  test("a start after the end deletes the task again and shuts down", async () => {
    await layDown("installed");
    await wine.run("cmd /c C:\\casement\\start-up.cmd");
    assert.deepEqual(await wine.calls(), ["schtasks /delete /tn casement /f", powerOff]);
    assert.deepEqual(await serialOf(), ["casement stage=installed"]);
  });

  test("Cygwin's installation names a missing medium and a missing bash", async () => {
    await layDown("cygwin");
    await rm(onC("cygwin64/bin/bash.exe"));
    await wine.run("cmd /c C:\\casement\\start-up.cmd");
    assert.match((await serialOf()).at(-1) ?? "", /code=3 reason=.*bash\.exe is missing$/);
    await wine.record("C:\\cygwin64\\bin\\bash.exe");
    const marker = join(wine.driveD, "casement/marker.txt");
    const text = await readFile(marker);
    await rm(marker);
    await wine.run("cmd /c C:\\casement\\start-up.cmd");
    await writeFile(marker, text);
    assert.match((await serialOf()).at(-1) ?? "", /code=2 reason=no drive holds casement\\marker\.txt$/);
  });

  test("a machine without COM1 installs all the same", async () => {
    await layDown();
    await wine.connectSerial(false);
    const { code } = await wine.run("cmd /c C:\\casement\\beacon.cmd stage=verify");
    await wine.connectSerial(true);
    assert.equal(code, 0);
  });

  test("ErrorHandler.cmd sends Setup's errors and the line that ends the build", async () => {
    await layDown();
    await mkdir(onC("windows/Panther"), { recursive: true });
    await writeFile(onC("windows/Panther/setuperr.log"), "2026-11-22, Error  disk gone\r\n");
    await writeFile(
      onC("windows/Panther/setupact.log"),
      "2026-11-22, Info   dull\r\n2026-11-22, Error  again\r\n",
    );
    await wine.run("cmd /c C:\\casement\\ErrorHandler.cmd");
    const lines = await wine.serial();
    assert.ok(lines.includes("2026-11-22, Error  disk gone"), lines.join("\n"));
    assert.ok(lines.includes("2026-11-22, Error  again"), lines.join("\n"));
    assert.equal(
      lines.some((line) => line.includes("dull")),
      false,
    );
    const last = parseBeacon(lines.at(-1) ?? "");
    assert.equal(last?.kind, "failed");
    assert.equal(last.stage, "setup");
  });

  test("the commands of specialize set the registry and put ErrorHandler.cmd in place", async () => {
    const path = "RunSynchronous/RunSynchronousCommand/Path";
    const commands = findSettings(parseXml(answerFile), "Microsoft-Windows-Deployment", path);
    const services = "HKLM\\SYSTEM\\CurrentControlSet\\Services";
    await wine.run(`reg add ${services}\\WinDefend /v Start /t REG_DWORD /d 2 /f`);
    for (const { text } of commands) assert.equal((await wine.run(text)).code, 0, text);
    const clock = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\TimeZoneInformation";
    assert.equal(await wine.dword(clock, "RealTimeIsUniversal"), 1);
    assert.equal(await wine.dword(`${services}\\WinDefend`, "Start"), 4);
    // What an edition does not have is not made.
    assert.equal(await wine.dword(`${services}\\Sense`, "Start"), undefined);
    assert.ok(existsSync(onC("windows/Setup/Scripts/ErrorHandler.cmd")));
  });

  test("quieten.cmd names the value that the registry refused", async () => {
    await layDown("quieten");
    await wine.record("C:\\recorded\\reg.exe");
    await wine.answer(["5|HiberbootEnabled|ERROR: Access is denied.", "1|reg query|", "1060|sc query|"]);
    await wine.run("cmd /c C:\\casement\\start-up.cmd");
    assert.deepEqual(parseBeacon((await serialOf()).at(-1) ?? ""), {
      kind: "failed",
      stage: "quieten",
      code: 1,
      reason: "the registry refused HiberbootEnabled",
    });
    const calls = await wine.calls();
    const named = calls.find((call) => call.startsWith("netsh interface"));
    assert.equal(named, 'netsh interface ipv4 set address name="Ethernet" static 192.168.0.1 255.255.255.0');
  });
});
