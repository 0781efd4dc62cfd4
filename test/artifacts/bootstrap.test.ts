import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import type { BootstrapSettings } from "../../src/artifacts/bootstrap-settings.ts";
import { renderBootstrap, scripts } from "../../src/artifacts/bootstrap.ts";
import { bootstrap, generated } from "../../src/contract/filenames.ts";
import { beaconStages, guest } from "../../src/contract/guest.ts";
import { UnrepresentableError } from "../../src/text/unrepresentable.ts";
import { hostileStrings } from "../text/hostile.ts";

function settings(changes: Partial<BootstrapSettings> = {}): BootstrapSettings {
  return {
    access: { user: "build", password: "Secret-1" },
    network: { mac: "52:54:00:12:ab:01", address: "192.168.0.1", prefixLength: 24 },
    cygwinPackages: ["openssh", "tar"],
    sshdService: "cygsshd",
    ...changes,
  };
}

/** The text of one file of the medium's folder `casement`. */
function script(name: (typeof scripts)[number], given: BootstrapSettings = settings()): string {
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

  for (const name of scripts) {
    test(`${name} is ASCII with the line ends of its language`, () => {
      const text = script(name);
      assert.match(text, /^[\r\n\u0020-\u007E]*$/);
      const lines = text.split("\n").slice(0, -1);
      const crlf = /\.(?:cmd|txt)$/.test(name);
      assert.ok(lines.every((line) => line.endsWith("\r") === crlf));
      assert.ok(text.endsWith("\n"));
    });
  }

  test("batch files jump only to labels that they have", () => {
    for (const name of scripts.filter((file) => file.endsWith(".cmd"))) {
      const text = script(name);
      const labels = new Set([...text.matchAll(/^:([\w-]+)/gm)].map(([, label]) => label));
      for (const [, label] of text.matchAll(/\b(?:goto |call :)([\w-]+)/g)) {
        assert.ok(labels.has(label) || label === "eof", `${name}: ${label}`);
      }
    }
  });

  test("says the contract's words", () => {
    const text = script("start-up.cmd") + script("first-logon.cmd");
    for (const stage of beaconStages) assert.ok(text.includes(`stage=${stage}`), stage);
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

  test("names every assumption that it leans on by a number of the ledger", () => {
    const ledger = readFileSync(new URL("../../docs/assumptions.md", import.meta.url), "utf8");
    for (const name of scripts) {
      for (const [number] of script(name).matchAll(/\bA\d+(?=[,)])/g)) {
        assert.ok(ledger.includes(`| ${number} |`), `${name}: ${number}`);
      }
    }
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
        text = script("verify.sh", settings({ access: { user: "build", password } }));
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
        const text = script(name, settings({ access: { user, password: "x" } }));
        execFileSync("bash", ["-n"], { input: text });
      }
    });
  }

  test("a package that cmd cannot quote is refused, not mangled", () => {
    const given = settings({ cygwinPackages: ['a"&calc'] });
    assert.throws(() => renderBootstrap(given, ""), UnrepresentableError);
    assert.ok(script("install-cygwin.cmd", settings({ cygwinPackages: ["a%b"] })).includes('-P "a%%b"'));
  });
});
