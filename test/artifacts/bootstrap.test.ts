import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import type { BootstrapSettings } from "../../src/artifacts/bootstrap-settings.ts";
import { renderBootstrap, scripts } from "../../src/artifacts/bootstrap.ts";
import { bootstrap, generated } from "../../src/contract/filenames.ts";
import {
  beaconStages,
  desktopStage,
  guest,
  opensshStage,
  userCommandsStage,
} from "../../src/contract/guest.ts";
import { artifactPath } from "../../src/contract/manifest.ts";
import { UnrepresentableError } from "../../src/text/unrepresentable.ts";
import { hostileStrings } from "../text/hostile.ts";
import { bootstrapSettings as settings, switched } from "./bootstrap-settings.ts";

const openssh = { kind: "openssh", user: "build", password: "Secret-1" } as const;

/** Each family with everything switched off, and with everything left on; then the other way in. */
const dialects = [
  ...(["xp", "7", "8.1", "10", "11"] as const).flatMap((family) =>
    [false, true].map((on) => settings({ family, behaviour: switched(on), firstLogon: ["ver"] })),
  ),
  settings({ family: "11", access: openssh, firstLogon: ["ver"] }),
  settings({ family: "11", desktop: true }),
];

/** All files of the medium's folder `casement`. */
function scriptsOf(given: BootstrapSettings): { readonly name: string; readonly text: string }[] {
  const folder = `${generated.bootstrapFolder}/${bootstrap.scripts}/`;
  return renderBootstrap(given, "")
    .filter(({ path }) => path.startsWith(folder))
    .map(({ path, content }) => ({ name: path.slice(folder.length), text: String(content) }));
}

/** The text of one file of the medium's folder `casement`. */
function script(name: string, given: BootstrapSettings = settings()): string {
  const path = `${generated.bootstrapFolder}/${bootstrap.scripts}/${name}`;
  const content = renderBootstrap(given, "").find((artifact) => artifact.path === path)?.content;
  assert.ok(typeof content === "string", path);
  return content;
}

describe("renderBootstrap", () => {
  test("puts the answer file at the root and every template below casement", () => {
    const artifacts = renderBootstrap(settings(), "<answer/>");
    const root = artifacts.find(({ path }) => path === "media/bootstrap/Autounattend.xml");
    assert.equal(root?.content, "<answer/>");
    const templates = readdirSync(new URL("../../templates/bootstrap/", import.meta.url));
    assert.deepEqual(
      [...scripts],
      templates.map((name) => name.replace(/\.hbs$/, "")).toSorted((a, b) => (a < b ? -1 : 1)),
    );
    assert.ok(artifacts.some(({ path }) => path.endsWith(`/${bootstrap.marker}`)));
  });

  for (const given of dialects) {
    for (const { name, text } of scriptsOf(given)) {
      const title = `${given.family}, ${given.access.kind}, everything ${given.behaviour.updates ? "on" : "off"}: ${name}`;
      test(`${title} is ASCII with the line ends of its language`, () => {
        assert.match(text, /^[\r\n\u0020-\u007E]*$/);
        const lines = text.split("\n").slice(0, -1);
        const crlf = /\.(?:cmd|txt)$/.test(name);
        assert.ok(lines.every((line) => line.endsWith("\r") === crlf));
        assert.ok(text.endsWith("\n"));
      });

      if (!name.endsWith(".cmd")) continue;
      test(`${title} jumps only to labels that it has, and has each of them once`, () => {
        const labels = [...text.matchAll(/^:([\w-]+)/gm)].map(([, label]) => label);
        assert.equal(new Set(labels).size, labels.length);
        for (const [, label] of text.matchAll(/\b(?:goto |call :)([\w-]+)/g)) {
          assert.ok(labels.includes(label) || label === "eof", label);
        }
      });
    }
  }

  test("says the contract's words", () => {
    const given = settings({ firstLogon: ["ver"] });
    const text = script("start-up.cmd") + script("first-logon.cmd", given);
    for (const stage of [...beaconStages, userCommandsStage])
      assert.ok(text.includes(`stage=${stage}`), stage);
    assert.ok(script("first-logon.cmd").includes(`/tn ${guest.taskName} /tr ${guest.folder}\\start-up.cmd`));
    assert.ok(script("install-cygwin.cmd").includes(`-R ${guest.cygwinRoot} `));
    const fstab = script("fstab");
    assert.ok(fstab.includes(`\n${guest.drives.store}/ ${guest.mounts.store} `));
    assert.ok(fstab.includes(`\n${guest.drives.xchg}/ ${guest.mounts.xchg} `));
    const sshd = script("set-up-sshd.sh");
    for (const key of [bootstrap.hostKey, bootstrap.hostPublicKey, bootstrap.authorizedKeys]) {
      assert.ok(sshd.includes(`$source/${key}"`), key);
    }
  });

  test("says the contract's words where Win32-OpenSSH is the way in, and none of Cygwin's", () => {
    const given = settings({ access: openssh });
    assert.ok(script("start-up.cmd", given).includes(`stage=${opensshStage}\r\n`));
    const install = script("install-openssh.cmd", given);
    assert.ok(install.includes(`binPath= ${guest.opensshRoot}\\sshd.exe start= auto`));
    assert.ok(install.includes(`%MEDIUM%\\${bootstrap.openssh}\\sshd.exe`));
    for (const { name, text } of scriptsOf(given)) {
      assert.doesNotMatch(text.replace(/^rem .*$/gm, ""), /cygwin|bash|\.sh\b/i, name);
    }
    const names = new Set(scriptsOf(settings()).map(({ name }) => name));
    assert.ok(!names.has("install-openssh.cmd") && !names.has("sshd_config"));
  });

  test("logs on at the console only where the spec wants a desktop, as the last step and for good", () => {
    const given = settings({ desktop: true });
    assert.match(script("start-up.cmd", given), /^:verify\r[^]*^>stage\.txt echo desktop\r[^]*^:desktop\r/m);
    assert.ok(script("start-up.cmd", given).includes(`stage=${desktopStage}\r\n`));
    const logon = script("desktop.cmd", given);
    assert.match(logon, /\/v DefaultUserName \/t REG_SZ \/d "build" \/f\r/);
    assert.match(logon, /\/v DefaultPassword \/t REG_SZ \/d "Secret-1" \/f\r/);
    assert.match(script("first-logon.cmd", given), /ScreenSaveActive/);
    assert.ok(scriptsOf(settings()).every(({ name }) => name !== "desktop.cmd"));
    for (const { name, text } of scriptsOf(settings()))
      assert.doesNotMatch(text, /stage=desktop|ScreenSaveActive|DefaultPassword/, name);
  });

  test("names every assumption that it leans on by a number of the ledger", () => {
    const ledger = readFileSync(new URL("../../docs/assumptions.md", import.meta.url), "utf8");
    for (const { name, text } of dialects.flatMap(scriptsOf)) {
      for (const [number] of text.matchAll(/\bA\d+(?=[,)])/g)) {
        assert.ok(ledger.includes(`| ${number} |`), `${name}: ${number}`);
      }
    }
  });

  test("the spec's own files stand below files, byte for byte", () => {
    const files = [{ path: "tools/a b.bin", base64: Buffer.from([0, 13, 10, 255]).toString("base64") }];
    const artifact = renderBootstrap(settings({ files }), "").find(
      ({ path }) => path === "media/bootstrap/files/tools/a b.bin",
    );
    assert.deepEqual([...Buffer.from(artifact?.content ?? "")], [0, 13, 10, 255]);
    assert.match(artifact?.path ?? "", artifactPath);
  });

  test("XP gets winnt.sif and no handler for errors of a Setup that does not call one", () => {
    const paths = renderBootstrap(settings({ family: "xp" }), "[Data]").map(({ path }) => path);
    assert.ok(paths.includes("media/bootstrap/winnt.sif"));
    assert.ok(!paths.some((path) => /Autounattend|ErrorHandler/.test(path)));
  });

  const masks = [
    { prefixLength: 24, want: "255.255.255.0" },
    { prefixLength: 16, want: "255.255.0.0" },
    { prefixLength: 30, want: "255.255.255.252" },
    { prefixLength: 9, want: "255.128.0.0" },
    { prefixLength: 32, want: "255.255.255.255" },
  ];
  for (const { prefixLength, want } of masks) {
    test(`/${prefixLength} is ${want}`, () => {
      const network = { ...settings().network, prefixLength };
      assert.ok(script("quieten.cmd", settings({ network })).includes(`static 192.168.0.1 ${want}\r\n`));
    });
  }

  test("the password comes out of verify.sh as it went in, whatever it is", () => {
    for (const password of hostileStrings.filter((text) => !text.includes("\n"))) {
      let text: string;
      try {
        text = script("verify.sh", settings({ access: { kind: "cygwin", user: "build", password } }));
      } catch (error) {
        assert.ok(error instanceof UnrepresentableError, String(error));
        continue;
      }
      // The part of the script that answers ssh's question, run by a real shell.
      const answer = /<<'ASKPASS'\n(.*?)\nASKPASS\n/s.exec(text)?.[1] ?? "exit 1";
      assert.equal(execFileSync("bash", ["-c", answer]).toString(), `${password}\n`);
    }
  });

  for (const name of ["set-up-sshd.sh", "verify.sh"] as const) {
    test(`${name} is well-formed bash for every user`, () => {
      for (const user of ["build", "o'neil", "a b", "$(reboot)"]) {
        for (const family of ["11", "xp"] as const) {
          const text = script(name, settings({ family, access: { kind: "cygwin", user, password: "x" } }));
          execFileSync("bash", ["-n"], { input: text });
        }
      }
    });
  }

  test("the OpenSSH of 2016 is set up and asked in its own way", () => {
    const old = settings({ family: "xp" });
    assert.match(script("set-up-sshd.sh", old), /^service='?sshd'?\n[^]*--yes --name "\$service" --pwd /m);
    assert.match(script("verify.sh", old), /DISPLAY=none setsid -w ssh /);
    assert.doesNotMatch(script("set-up-sshd.sh") + script("verify.sh"), /--pwd|setsid/);
  });

  test("a package that cmd cannot quote is refused, not mangled", () => {
    const wants = (name: string): BootstrapSettings =>
      settings({ cygwin: { ...settings().cygwin, packages: [name] } });
    assert.throws(() => renderBootstrap(wants('a"&calc'), ""), UnrepresentableError);
    assert.ok(script("install-cygwin.cmd", wants("a%b")).includes('-P "a%%b"'));
  });
});

describe("quieten.cmd", () => {
  const quieten = (changes: Parameters<typeof settings>[0]): string =>
    script("quieten.cmd", settings(changes));

  // Each switch alone, on against off: what has to be there only while it is off.
  const rows = {
    firewall: ["advfirewall set allprofiles state off", "firewall set opmode mode=DISABLE"],
    updates: ["NoAutoUpdate REG_DWORD 1", "NoAutoUpdate REG_DWORD 1"],
    defender: ["DisableRealtimeMonitoring REG_DWORD 1", null],
    hibernation: ["powercfg /hibernate off", "powercfg /hibernate off"],
    sleep: ["(standby disk hibernate)", "(standby disk hibernate)"],
    screenOff: ["monitor-timeout-ac 0", "/monitor-timeout-ac 0"],
    telemetry: ["AllowTelemetry REG_DWORD 0", "DoReport REG_DWORD 0"],
    remoteDesktop: ["fDenyTSConnections REG_DWORD 1", "fDenyTSConnections REG_DWORD 1"],
    timeSync: ["call :service W32Time", "call :service W32Time"],
  } as const;
  for (const [name, [later, xp]] of Object.entries(rows)) {
    for (const [family, words] of [
      ["11", later],
      ["7", later],
      ["xp", xp],
    ] as const) {
      if (words === null) continue;
      test(`switches ${name} off on ${family}, and leaves it alone where the spec wants it`, () => {
        assert.ok(quieten({ family, behaviour: switched(false) }).includes(words));
        const kept = { ...switched(false), [name]: true };
        assert.ok(!quieten({ family, behaviour: kept }).includes(words));
      });
    }
  }

  test("opens the ports of sshd and Remote Desktop where the firewall stays on", () => {
    const both = { ...switched(false), firewall: true, remoteDesktop: true };
    assert.match(quieten({ family: "11", behaviour: both }), /:rule "casement sshd" 22\r[^]*:rule .* 3389\r/);
    assert.match(
      quieten({ family: "xp", behaviour: both }),
      /portopening .*port=22 [^]*portopening .*port=3389 /,
    );
    assert.doesNotMatch(quieten({ behaviour: { ...both, remoteDesktop: false } }), /3389/);
    assert.doesNotMatch(quieten({ behaviour: switched(false) }), /call :rule/);
  });

  test("has no tool of later releases on XP, and none of XP's on those", () => {
    const commandsOf = (text: string): string => text.replace(/^rem .*$/gm, "");
    const xp = dialects.filter(({ family }) => family === "xp").flatMap(scriptsOf);
    for (const { name, text: script } of xp) {
      const text = commandsOf(script);
      assert.doesNotMatch(text, /advfirewall|\/rl |interface ipv4|Microsoft\\Windows\\%~1/, name);
      // Asked about a task that is there, schtasks would wait for an answer for ever.
      assert.doesNotMatch(text, /schtasks \/create .*\/f/, name);
    }
    const later = dialects.filter(({ family }) => family !== "xp").flatMap(scriptsOf);
    for (const { name, text } of later) {
      assert.doesNotMatch(commandsOf(text), /netsh firewall|\/numerical|net user/, name);
    }
  });
});

describe("accounts of XP", () => {
  const accounts = [
    {
      name: "bob",
      password: "Pass-1",
      groups: ["Users", "Power Users"],
      displayName: "Bob, 50%",
      description: "tests",
    },
  ];

  test("are made by the first logon's script, percent signs and all", () => {
    const text = script("first-logon.cmd", settings({ family: "xp", accounts }));
    assert.match(text, /^net user "build" "Secret-1" \/add \/y /m);
    assert.match(text, /^net localgroup Administrators "build" \/add /m);
    assert.match(text, /^net user "bob" "Pass-1" .* \/fullname:"Bob, 50%%" \/comment:"tests" /m);
    assert.match(text, /^net localgroup "Power Users" "bob" \/add /m);
    assert.doesNotMatch(text, /localgroup "Users"/);
  });

  test("are the answer file's elsewhere", () => {
    assert.doesNotMatch(script("first-logon.cmd", settings({ family: "7", accounts })), /\bnet /);
  });
});

describe("install-cygwin.cmd", () => {
  const rows = [
    { family: "11", architecture: "x86_64", want: 'set "OPTIONS= --no-version-check"' },
    { family: "10", architecture: "x86", want: "--allow-unsupported-windows" },
    { family: "7", architecture: "x86_64", want: "--allow-unsupported-windows" },
    { family: "xp", architecture: "x86", want: 'set "OPTIONS="' },
  ] as const;
  for (const { family, architecture, want } of rows) {
    test(`starts setup-${architecture} on ${family} with the options that it knows`, () => {
      const given = settings({ family, cygwin: { ...settings().cygwin, architecture } });
      const text = script("install-cygwin.cmd", given);
      assert.ok(text.includes(want), text);
      assert.ok(text.includes(`"%MEDIUM%\\cygwin\\setup-${architecture}.exe"`));
    });
  }
});
