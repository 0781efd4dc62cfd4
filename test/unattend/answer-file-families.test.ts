import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Architecture } from "../../src/catalogue/release.ts";
import type { AnswerFamily } from "../../src/unattend/applies.ts";
import { fixedSettings } from "../../src/unattend/fixed-settings.ts";
import { findComponent } from "../../src/unattend/reference.ts";
import { answerSettings } from "./answer-settings.ts";
import { settingPaths } from "./answer-texts.ts";

const families: readonly AnswerFamily[] = ["7", "8.1", "10", "11"];
const shell = "Microsoft-Windows-Shell-Setup";

// Said once more and by hand, so that a slip in the product's table does not go unseen. 2008 R2 is the server of 7, and so on.
const expected: readonly {
  readonly setting: string;
  readonly clients: readonly AnswerFamily[];
  readonly servers: readonly AnswerFamily[];
}[] = [
  {
    setting: "specialize/Microsoft-Windows-ErrorReportingCore/DisableWER",
    clients: families,
    servers: families,
  },
  { setting: "specialize/Microsoft-Windows-IE-ESC/IEHardenAdmin", clients: [], servers: families },
  { setting: "specialize/Microsoft-Windows-IE-ESC/IEHardenUser", clients: [], servers: families },
  {
    setting: "specialize/Microsoft-Windows-OutOfBoxExperience/DoNotOpenInitialConfigurationTasksAtLogon",
    clients: [],
    servers: ["7"],
  },
  {
    setting: "specialize/Microsoft-Windows-SecureStartup-FilterDriver/PreventDeviceEncryption",
    clients: ["8.1", "10", "11"],
    servers: [],
  },
  {
    setting: "specialize/Microsoft-Windows-Security-SPP-UX/SkipAutoActivation",
    clients: families,
    servers: families,
  },
  {
    setting: "specialize/Microsoft-Windows-ServerManager-SvrMgrNc/DoNotOpenServerManagerAtLogon",
    clients: [],
    servers: families,
  },
  { setting: "specialize/Microsoft-Windows-SQMAPI/CEIPEnabled", clients: families, servers: families },
  { setting: "specialize/Microsoft-Windows-SystemRestore-Main/DisableSR", clients: families, servers: [] },
  {
    setting: "specialize/Security-Malware-Windows-Defender/DisableAntiSpyware",
    clients: ["8.1", "10"],
    servers: ["10", "11"],
  },
  { setting: `oobeSystem/${shell}/OOBE/HideEULAPage`, clients: families, servers: families },
  { setting: `oobeSystem/${shell}/OOBE/HideLocalAccountScreen`, clients: [], servers: ["8.1", "10", "11"] },
  {
    setting: `oobeSystem/${shell}/OOBE/HideOEMRegistrationScreen`,
    clients: ["8.1", "10", "11"],
    servers: ["8.1", "10", "11"],
  },
  {
    setting: `oobeSystem/${shell}/OOBE/HideOnlineAccountScreens`,
    clients: ["8.1", "10", "11"],
    servers: ["8.1", "10", "11"],
  },
  { setting: `oobeSystem/${shell}/OOBE/HideWirelessSetupInOOBE`, clients: families, servers: families },
  { setting: `oobeSystem/${shell}/OOBE/NetworkLocation`, clients: families, servers: families },
  { setting: `oobeSystem/${shell}/OOBE/ProtectYourPC`, clients: families, servers: families },
  {
    setting: `oobeSystem/${shell}/UserAccounts/AdministratorPassword/Value`,
    clients: [],
    servers: families,
  },
];

describe("what a release gets", () => {
  for (const family of families) {
    for (const product of ["client", "server"] as const) {
      test(`${product} of ${family}: what its first start and its first days need, and nothing that it has never had`, () => {
        const paths = settingPaths(answerSettings({ family, product }));
        for (const { setting, clients, servers } of expected) {
          const wanted = (product === "client" ? clients : servers).includes(family);
          assert.equal(paths.has(setting), wanted, setting);
        }
      });
    }
  }

  test("no release skips the whole first start, because that would make it ask about the network", () => {
    for (const family of families) {
      const paths = [...settingPaths(answerSettings({ family }))];
      assert.deepEqual(
        paths.filter((path) => /Skip(Machine|User)OOBE/.test(path)),
        [],
      );
    }
  });

  const encryption: readonly (readonly [Architecture, boolean])[] = [
    ["x86", false],
    ["amd64", true],
    ["arm64", true],
  ];
  for (const [architecture, wanted] of encryption) {
    test(`${architecture} ${wanted ? "keeps" : "does not know how to keep"} the disk from being encrypted`, () => {
      const paths = settingPaths(answerSettings({ architecture }));
      const setting = "specialize/Microsoft-Windows-SecureStartup-FilterDriver/PreventDeviceEncryption";
      assert.equal(paths.has(setting), wanted);
    });
  }
});

describe("the table of fixed settings", () => {
  for (const { component, pass, path, source } of fixedSettings) {
    test(`${component}/${path}: the reference knows it in ${pass}, and the table says where it is from`, () => {
      const known = findComponent(component);
      const setting = known?.find(path)?.setting;
      assert.ok((setting?.passes ?? known?.passes ?? []).includes(pass));
      assert.match(source, /\S/);
    });
  }

  test("every setting of it reaches some machine", () => {
    const off = {
      firewall: false,
      uac: false,
      updates: false,
      defender: false,
      telemetry: false,
      remoteDesktop: true,
    };
    const base = answerSettings();
    const reached = new Set(
      families.flatMap((family) =>
        (["client", "server"] as const).flatMap((product) => [
          ...settingPaths({ ...base, family, product, behaviour: { ...base.behaviour, ...off } }),
        ]),
      ),
    );
    for (const { component, pass, path } of fixedSettings) {
      assert.ok(reached.has(`${pass}/${component}/${path}`), `${component}/${path}`);
    }
  });
});
