import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findSettings } from "../../src/unattend/find-settings.ts";
import { renderAnswerFile } from "../../src/unattend/answer-file.ts";
import { parseXml } from "../../src/unattend/parse-xml.ts";
import type { ExtraSetting } from "../../src/unattend/settings.ts";
import { answerSettings } from "./answer-settings.ts";
import { records, settingPaths, texts } from "./answer-texts.ts";

const setup = "Microsoft-Windows-Setup";
const drivers = "Microsoft-Windows-PnpCustomizationsWinPE";
const command = "RunSynchronous/RunSynchronousCommand";

describe("drivers", () => {
  test("every folder is looked for on every letter that a CD can have in Setup, each path under a key of its own", () => {
    const folders = ["virtio-win\\NetKVM\\w11\\amd64", "drivers\\own"];
    const settings = answerSettings({ driverFolders: folders });
    const paths = texts(settings, drivers, "DriverPaths/PathAndCredentials/Path");
    for (const letter of ["D", "E", "F", "G", "H"]) {
      for (const folder of folders) assert.ok(paths.includes(`${letter}:\\${folder}`), letter + folder);
    }
    assert.equal(paths.length, 10);
    const items = findSettings(
      parseXml(renderAnswerFile(settings)),
      drivers,
      "DriverPaths/PathAndCredentials",
    );
    const keys = items.map((item) => item.attributes["wcm:keyValue"]);
    assert.deepEqual(
      keys,
      paths.map((_, index) => String(index + 1)),
    );
  });

  test("without folders there is no component for them", () => {
    assert.ok(![...settingPaths(answerSettings())].some((path) => path.includes(drivers)));
  });
});

describe("commands of the spec", () => {
  const passes = [
    { pass: "windowsPE", component: setup, own: 5 },
    { pass: "specialize", component: "Microsoft-Windows-Deployment", own: 7 },
  ] as const;
  for (const { pass, component, own } of passes) {
    test(`${pass}: run after casement's own, in their order, numbered without a gap`, () => {
      const wanted = ["echo first", 'cmd /c "echo <second> & exit 0"'];
      const commands = { windowsPE: [], specialize: [], [pass]: wanted };
      const items = records(answerSettings({ commands }), component, command, ["Order", "Path"]);
      assert.equal(items.length, own + wanted.length);
      assert.deepEqual(
        items.map(({ Order }) => Order),
        items.map((_, index) => String(index + 1)),
      );
      assert.deepEqual(
        items.slice(-2).map(({ Path }) => Path),
        wanted,
      );
    });
  }

  test("casement's own fit into what Setup takes, on every family", () => {
    for (const family of ["7", "8.1", "10", "11"] as const) {
      for (const path of texts(
        answerSettings({ family }),
        "Microsoft-Windows-Deployment",
        `${command}/Path`,
      )) {
        assert.ok(path.length <= 259, path);
      }
    }
  });

  test("checks are passed over on clients of 11 only: nobody else's Setup has them", () => {
    for (const family of ["7", "8.1", "10", "11"] as const) {
      for (const product of ["client", "server"] as const) {
        const settings = answerSettings({ family, product });
        const wanted = family === "11" && product === "client";
        assert.equal(
          texts(settings, setup, `${command}/Path`).length,
          wanted ? 5 : 0,
          `${product} ${family}`,
        );
        const specialize = texts(settings, "Microsoft-Windows-Deployment", `${command}/Path`).join("\n");
        assert.equal(specialize.includes("BypassNRO"), wanted, `${product} ${family}`);
      }
    }
  });
});

describe("languages and keyboards", () => {
  test("Setup and Windows get the same ones, several keyboards by semicolons", () => {
    const locale = {
      uiLanguage: "de-DE",
      systemLocale: "fr-FR",
      userLocale: "de-CH",
      inputLocale: "0807:00000807;en-US",
    };
    const settings = answerSettings({ locale });
    for (const component of [
      "Microsoft-Windows-International-Core-WinPE",
      "Microsoft-Windows-International-Core",
    ]) {
      assert.deepEqual(texts(settings, component, "InputLocale"), ["0807:00000807;en-US"]);
      assert.deepEqual(texts(settings, component, "SystemLocale"), ["fr-FR"]);
      assert.deepEqual(texts(settings, component, "UserLocale"), ["de-CH"]);
      assert.deepEqual(texts(settings, component, "UILanguage"), ["de-DE"]);
    }
    const path = "SetupUILanguage/UILanguage";
    assert.deepEqual(texts(settings, "Microsoft-Windows-International-Core-WinPE", path), ["de-DE"]);
  });
});

describe("extra settings", () => {
  test("stand in their pass, also in those that casement leaves empty", () => {
    const extraSettings: ExtraSetting[] = [
      {
        component: "Microsoft-Windows-PnpSysprep",
        pass: "generalize",
        path: "PersistAllDeviceInstalls",
        value: true,
      },
    ];
    const paths = settingPaths(answerSettings({ extraSettings }));
    assert.ok(paths.has("generalize/Microsoft-Windows-PnpSysprep/PersistAllDeviceInstalls"));
  });
});
