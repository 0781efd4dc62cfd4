// Each family's batch files under Wine's cmd.exe, from the answer file's first command to the last shutdown. Effects under Wine
// are not effects in Windows.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import type { BootstrapSettings } from "../../src/artifacts/bootstrap-settings.ts";
import { renderBootstrap } from "../../src/artifacts/bootstrap.ts";
import type { Artifact } from "../../src/artifacts/artifact.ts";
import { beaconStages, parseBeacon } from "../../src/contract/guest.ts";
import { renderAnswerFile } from "../../src/unattend/answer-file.ts";
import { findSettings } from "../../src/unattend/find-settings.ts";
import { parseWinntSif } from "../../src/unattend/parse-winnt-sif.ts";
import { parseXml } from "../../src/unattend/parse-xml.ts";
import { renderWinntSif } from "../../src/unattend/winnt-sif.ts";
import { bootstrapSettings, switched } from "../artifacts/bootstrap-settings.ts";
import { skipWithout } from "../support/external-tools.ts";
import { answerSettings } from "../unattend/answer-settings.ts";
import { layMedium, layScripts } from "./guest-scripts/medium.ts";
import { startWine, type Wine } from "./guest-scripts/wine.ts";

const skip = skipWithout(["wine", "x86_64-w64-mingw32-gcc", "script"]);
const restart = "shutdown -r -t 0 -f";
const powerOff = "shutdown -s -t 0 -f";
const adapters = '0|getmac|"Local Net","Intel(R) PRO/1000","52-54-00-12-AB-01","\\Device\\Tcpip_{1}"';
const address = "0|ipconfig|   IP Address. . . : 192.168.0.1";
const control = "HKLM\\SYSTEM\\CurrentControlSet\\Control";
const services = "HKLM\\SYSTEM\\CurrentControlSet\\Services";

describe("guest scripts of each family under Wine's cmd.exe", { skip }, () => {
  let wine: Wine;
  before(async () => {
    wine = await startWine();
    for (const name of ["x86", "x86_64"]) await wine.record(`D:\\cygwin\\setup-${name}.exe`);
    await wine.record("C:\\cygwin64\\bin\\bash.exe");
    await wine.record("C:\\windows\\Microsoft.NET\\Framework\\v2.0.50727\\ngen.exe");
  });
  after(() => wine[Symbol.asyncDispose]());
  beforeEach(() => wine.reset());

  const onC = (path: string): string => join(wine.driveC, path);
  const beacons = async (): Promise<string[]> =>
    (await wine.serial()).filter((line) => line.startsWith("casement "));

  async function layDown(settings: BootstrapSettings): Promise<readonly Artifact[]> {
    await rm(onC("casement"), { recursive: true, force: true });
    const medium = renderBootstrap(settings, "");
    await layMedium(wine, medium);
    return medium;
  }

  /** What the answer file has the first logon run, in its order. */
  function firstLogonCommands(family: BootstrapSettings["family"]): string[] {
    const settings = answerSettings({ family });
    if (family === "xp") {
      const { entries } = parseWinntSif(renderWinntSif(settings));
      return entries.filter(({ section }) => section === "GuiRunOnce").map(({ value }) => value);
    }
    const path = "FirstLogonCommands/SynchronousCommand/CommandLine";
    const found = findSettings(parseXml(renderAnswerFile(settings)), "Microsoft-Windows-Shell-Setup", path);
    return found.map(({ text }) => text);
  }

  const families = [
    {
      family: "xp",
      create: "schtasks /create /tn casement /tr C:\\casement\\start-up.cmd /sc onstart /ru SYSTEM",
      setup: "setup-x86 -q -L -l D:\\cygwin -R C:\\cygwin64 -P openssh,tar -n -N -d -B -X",
      calls: [
        "net accounts /maxpwage:unlimited",
        "sc config cisvc start= disabled",
        "sc stop srservice",
        "sc config ERSvc start= disabled",
        "powercfg /hibernate off",
        "powercfg /change 3 /numerical /standby-timeout-ac 0",
        "powercfg /change 3 /numerical /monitor-timeout-ac 0",
        "powercfg /setactive 3 /numerical",
        "netsh firewall set opmode mode=DISABLE profile=ALL",
        'netsh interface ip set address name="Local Net" source=static addr=192.168.0.1 mask=255.255.255.0',
      ],
      never: /advfirewall|schtasks \/change|interface ipv4/,
      values: [
        ["HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\SystemRestore", "DisableSR", 1],
        ["HKLM\\SOFTWARE\\Microsoft\\PCHealth\\ErrorReporting", "DoReport", 0],
      ],
    },
    {
      family: "7",
      create:
        "schtasks /create /tn casement /tr C:\\casement\\start-up.cmd /sc onstart /ru SYSTEM /rl highest /f",
      setup:
        "setup-x86_64 -q -L -l D:\\cygwin -R C:\\cygwin64 -P openssh,tar -n -N -d -B -X --no-version-check --allow-unsupported-windows",
      calls: [
        "net accounts /maxpwage:unlimited",
        "sc config WSearch start= disabled",
        'schtasks /change /tn "\\Microsoft\\Windows\\Defrag\\ScheduledDefrag" /disable',
        "powercfg /hibernate off",
        "powercfg /change standby-timeout-ac 0",
        "netsh advfirewall set allprofiles state off",
        'netsh interface ipv4 set address name="Local Net" static 192.168.0.1 255.255.255.0',
      ],
      never: /netsh firewall|numerical|net user/,
      values: [["HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows NT\\SystemRestore", "DisableSR", 1]],
    },
    {
      family: "11",
      create:
        "schtasks /create /tn casement /tr C:\\casement\\start-up.cmd /sc onstart /ru SYSTEM /rl highest /f",
      setup:
        "setup-x86_64 -q -L -l D:\\cygwin -R C:\\cygwin64 -P openssh,tar -n -N -d -B -X --no-version-check",
      calls: [
        "sc config UsoSvc start= disabled",
        'schtasks /change /tn "\\Microsoft\\Windows\\Time Synchronization\\SynchronizeTime" /disable',
        'netsh interface ipv4 set address name="Local Net" static 192.168.0.1 255.255.255.0',
      ],
      never: /netsh firewall|numerical|net user/,
      values: [
        ["HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\DataCollection", "AllowTelemetry", 0],
        ["HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate\\AU", "NoAutoUpdate", 1],
        ["HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\Windows Error Reporting", "Disabled", 1],
        ["HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender", "DisableAntiSpyware", 1],
        [`${control}\\Session Manager\\Power`, "HiberbootEnabled", 0],
        [`${services}\\LanmanWorkstation\\Parameters`, "RequireSecuritySignature", 1],
        [`${services}\\LanmanWorkstation\\Parameters`, "AllowInsecureGuestAuth", 0],
      ],
    },
  ] as const;

  const everywhere = [
    [`${control}\\TimeZoneInformation`, "RealTimeIsUniversal", 1],
    [`${control}\\CrashControl`, "AutoReboot", 0],
    [`${control}\\Terminal Server`, "fDenyTSConnections", 1],
  ] as const;

  for (const { family, create, setup, calls, never, values } of families) {
    test(`${family}: from the first logon to installed, with everything switched off`, async () => {
      const medium = await layDown(bootstrapSettings({ family }));
      for (const command of firstLogonCommands(family)) await wine.run(command);
      const logon = await wine.calls();
      assert.equal(logon.at(-2), create);
      assert.equal(logon.at(-1), "shutdown -r -t 5 -f");
      for (const { path } of medium.filter((artifact) => artifact.path.includes("/casement/")))
        assert.ok(existsSync(onC(`casement/${path.split("/").at(-1)}`)), path);

      await wine.answer([adapters, address]);
      await wine.run("cmd /c C:\\casement\\start-up.cmd");
      const first = (await wine.calls()).slice(logon.length);
      for (const call of calls) assert.ok(first.includes(call), `${call} in\n${first.join("\n")}`);
      assert.ok(
        first.some((call) => call.replaceAll('"', "") === setup),
        first.join("\n"),
      );
      assert.deepEqual(first.slice(-4), [
        "bash --login /cygdrive/c/casement/set-up-sshd.sh",
        "ngen executeQueuedItems",
        "rundll32 advapi32.dll,ProcessIdleTasks",
        restart,
      ]);
      for (const [key, name, data] of [...values, ...everywhere])
        assert.equal(await wine.dword(key, name), data, name);

      await wine.run("cmd /c C:\\casement\\start-up.cmd");
      const all = await wine.calls();
      assert.deepEqual(all.slice(logon.length + first.length), [
        "ipconfig",
        "bash --login /cygdrive/c/casement/verify.sh",
        "schtasks /delete /tn casement /f",
        powerOff,
      ]);
      for (const call of all) assert.doesNotMatch(call, never);
      assert.deepEqual(
        (await beacons()).map((line) => parseBeacon(line)?.stage),
        [...beaconStages],
      );
    });

    test(`${family}: leaves alone what the spec wants`, async () => {
      const medium = await layDown(bootstrapSettings({ family, behaviour: switched(true) }));
      await layScripts(wine, medium);
      await wine.answer([adapters]);
      const { code, output } = await wine.run("cmd /c C:\\casement\\quieten.cmd");
      assert.equal(code, 0, output);
      const made = await wine.calls();
      const opened = made.filter((call) => /firewall/.test(call));
      assert.equal(opened.length, 2, made.join("\n"));
      assert.match(opened[0] ?? "", /port=22\b/);
      assert.match(opened[1] ?? "", /port=3389\b/);
      for (const call of made) {
        assert.doesNotMatch(call, /powercfg|W32Time|wuauserv|DiagTrack|ERSvc|WinDefend|state off|DISABLE/);
      }
      assert.equal(await wine.dword(`${control}\\Terminal Server`, "fDenyTSConnections"), 0);
    });

    test(`${family}: a fresh Windows without most services and tasks is no failure`, async () => {
      const medium = await layDown(bootstrapSettings({ family }));
      await layScripts(wine, medium);
      await wine.answer(["1060|sc query|", "1|schtasks /change|ERROR: not found", "1|powercfg|", "2|net |"]);
      const { code, output } = await wine.run("cmd /c C:\\casement\\quieten.cmd");
      assert.equal(code, 0, output);
      assert.doesNotMatch(output, /ERROR: not found/);
      assert.ok(!(await wine.calls()).some((call) => /^sc (config|stop)/.test(call)));
      assert.ok(!existsSync(onC("casement/reason.txt")));
    });
  }

  test("11: Defender's services that are there are switched off, and no value is made for others", async () => {
    await wine.run(`reg add ${services}\\WdFilter /v Start /t REG_DWORD /d 0 /f`);
    const medium = await layDown(bootstrapSettings({ family: "11" }));
    await layScripts(wine, medium);
    await wine.run("cmd /c C:\\casement\\quieten.cmd");
    assert.equal(await wine.dword(`${services}\\WdFilter`, "Start"), 4);
    assert.equal(await wine.dword(`${services}\\WdNisDrv`, "Start"), undefined);
  });

  test("xp: the accounts are made, and administrators of them, before the task is laid", async () => {
    const accounts = [
      {
        name: "bob",
        password: "Pass-1",
        groups: ["Power Users"],
        displayName: "Bob (50%), & Co",
        description: "a <test>",
      },
    ];
    await layDown(bootstrapSettings({ family: "xp", accounts }));
    await wine.run("cmd /c D:\\casement\\first-logon.cmd");
    assert.deepEqual((await wine.calls()).slice(0, 4), [
      'net user "build" "Secret-1" /add /y',
      'net localgroup Administrators "build" /add',
      'net user "bob" "Pass-1" /add /y /fullname:"Bob (50%), & Co" /comment:"a <test>"',
      'net localgroup "Power Users" "bob" /add',
    ]);
  });

  test("xp: an account that cannot be made ends the installation", async () => {
    await layDown(bootstrapSettings({ family: "xp" }));
    await wine.answer(["2|net user|The password does not meet the password policy requirements."]);
    await wine.run("cmd /c D:\\casement\\first-logon.cmd");
    assert.deepEqual(
      (await beacons()).at(-1),
      "casement failed=first-logon code=1 reason=the account cannot be made",
    );
    assert.ok((await wine.serial()).some((line) => line.startsWith("The password does not meet")));
    assert.equal((await wine.calls()).at(-1), powerOff);
  });
});
