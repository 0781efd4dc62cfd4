import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { AnswerSettings, Behaviour } from "../../src/unattend/settings.ts";
import { answerSettings, behaviour } from "./answer-settings.ts";
import { records, settingPaths, texts } from "./answer-texts.ts";

function having(changes: Partial<Behaviour>, others: Partial<AnswerSettings> = {}): AnswerSettings {
  return answerSettings({ ...others, behaviour: { ...behaviour, ...changes } });
}

function commands(settings: AnswerSettings): string {
  return texts(settings, "Microsoft-Windows-Deployment", "RunSynchronous/RunSynchronousCommand/Path").join(
    "\n",
  );
}

const firewall = "Networking-MPSSVC-Svc";

describe("what Windows does by itself", () => {
  // What the answer file says only where the behaviour is not wanted.
  const rows: readonly { readonly name: keyof Behaviour; readonly setting: string }[] = [
    { name: "uac", setting: "offlineServicing/Microsoft-Windows-LUA-Settings/EnableLUA" },
    { name: "firewall", setting: `specialize/${firewall}/PublicProfile_EnableFirewall` },
    { name: "firewall", setting: `specialize/${firewall}/PrivateProfile_EnableFirewall` },
    { name: "firewall", setting: `specialize/${firewall}/DomainProfile_EnableFirewall` },
    { name: "telemetry", setting: "specialize/Microsoft-Windows-SQMAPI/CEIPEnabled" },
    { name: "telemetry", setting: "specialize/Microsoft-Windows-ErrorReportingCore/DisableWER" },
    { name: "defender", setting: "specialize/Security-Malware-Windows-Defender/DisableAntiSpyware" },
  ];
  for (const { name, setting } of rows) {
    test(`${name} is switched off by ${setting}, and left alone where it is wanted`, () => {
      assert.equal(settingPaths(having({ [name]: false }, { family: "10" })).has(setting), true);
      assert.equal(settingPaths(having({ [name]: true }, { family: "10" })).has(setting), false);
    });
  }

  const policies: readonly { readonly name: keyof Behaviour; readonly word: string }[] = [
    { name: "updates", word: "NoAutoUpdate" },
    { name: "defender", word: "WinDefend" },
  ];
  for (const { name, word } of policies) {
    test(`${name} is switched off by a command with ${word}, and left alone where it is wanted`, () => {
      assert.ok(commands(having({ [name]: false })).includes(word));
      assert.ok(!commands(having({ [name]: true })).includes(word));
    });
  }

  test("services of Defender are left alone on 7, which has none that scans", () => {
    assert.ok(!commands(having({}, { family: "7" })).includes("WinDefend"));
  });

  test("Remote Desktop listens where it is wanted, and Windows' own default stays where it is not", () => {
    const component = "Microsoft-Windows-TerminalServices-LocalSessionManager";
    assert.deepEqual(texts(having({ remoteDesktop: true }), component, "fDenyTSConnections"), ["false"]);
    assert.deepEqual(texts(having({ remoteDesktop: false }), component, "fDenyTSConnections"), []);
  });

  const holes: readonly (readonly [boolean, boolean, number])[] = [
    [true, true, 1],
    [true, false, 0],
    [false, true, 0],
    [false, false, 0],
  ];
  for (const [wall, desktop, count] of holes) {
    test(`firewall ${wall}, Remote Desktop ${desktop}: ${count} holes`, () => {
      const settings = having({ firewall: wall, remoteDesktop: desktop });
      const groups = records(settings, firewall, "FirewallGroups/FirewallGroup", [
        "Active",
        "Group",
        "Profile",
      ]);
      const hole = { Active: "true", Group: "@FirewallAPI.dll,-28752", Profile: "all" };
      assert.deepEqual(groups, count === 0 ? [] : [hole]);
    });
  }

  test("a firewall that is on, without a hole, has no component at all, because an empty one can be fatal", () => {
    const paths = [...settingPaths(having({ firewall: true }))];
    assert.ok(!paths.some((path) => path.includes(firewall)));
  });
});
