import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { InternalError } from "../../src/errors.ts";
import { findRelease } from "../../src/catalogue/releases.ts";
import { answerSettings as answerDefaults, behaviour } from "./answer-settings.ts";
import { UnrepresentableError } from "../../src/text/unrepresentable.ts";
import { checkWinntSif } from "../../src/unattend/check-winnt-sif.ts";
import { parseWinntSif } from "../../src/unattend/parse-winnt-sif.ts";
import type { AnswerSettings } from "../../src/unattend/settings.ts";
import { renderWinntSif } from "../../src/unattend/winnt-sif.ts";
import { hostileStrings } from "../text/hostile.ts";

function settings(changes: Partial<AnswerSettings> = {}): AnswerSettings {
  return answerDefaults({ family: "xp", architecture: "x86", firmware: "bios", ...changes });
}

function valueOf(text: string, path: string): string | undefined {
  return parseWinntSif(text).entries.find(({ section, key }) => `${section}/${key}` === path)?.value;
}

describe("renderWinntSif", () => {
  const options: Readonly<Record<string, Partial<AnswerSettings>>> = {
    "the defaults": {},
    "an Administrator with a password of its own": { administratorPassword: "Other-2" },
    "German formats and two keyboards": {
      locale: {
        uiLanguage: "en-US",
        systemLocale: "de-DE",
        userLocale: "de-DE",
        inputLocale: "de-DE;0409:00000409",
      },
    },
    "a zone with summer time": { timeZone: "W. Europe Standard Time" },
    "everything left on": {
      behaviour: { ...behaviour, firewall: true, hibernation: true, remoteDesktop: true, updates: true },
    },
    "an owner with commas and semicolons": { fullName: "Build, Inc.; & Co", organization: "A = B" },
  };
  for (const id of ["windows-xp", "windows-server-2003-r2"]) {
    const release = findRelease(id);
    assert.ok(release !== undefined);
    for (const edition of release.editions) {
      for (const [title, changes] of Object.entries(options)) {
        test(`${release.title} ${edition.id} with ${title} asks nothing`, () => {
          const text = renderWinntSif(settings({ product: release.product, ...changes }));
          assert.deepEqual(checkWinntSif(text, release.product), []);
          assert.match(text, /^([\u0020-\u007E]*\r\n)+$/);
          assert.equal(renderWinntSif(settings({ product: release.product, ...changes })), text);
        });
      }
    }
  }

  test("gives the adapter with the MAC its address", () => {
    const text = renderWinntSif(settings());
    assert.equal(valueOf(text, "params.Adapter1/NetCardAddress"), "0x52540012AB01");
    assert.equal(valueOf(text, "params.MS_TCPIP.Adapter1/IPAddress"), "192.168.0.1");
    assert.equal(valueOf(text, "params.MS_TCPIP.Adapter1/SubnetMask"), "255.255.255.0");
  });

  test("gives Administrator the account's password where the spec gives it none", () => {
    assert.equal(valueOf(renderWinntSif(settings()), "GuiUnattended/AdminPassword"), "Secret-1");
    const own = settings({ administratorPassword: "Other-2" });
    assert.equal(valueOf(renderWinntSif(own), "GuiUnattended/AdminPassword"), "Other-2");
  });

  test("calls the first-logon script on whatever drive holds the marker, without a percent sign", () => {
    const commands = parseWinntSif(renderWinntSif(settings())).entries.filter(
      ({ section }) => section === "GuiRunOnce",
    );
    assert.equal(
      commands[1]?.value,
      "cmd /c if exist E:\\casement\\marker.txt E:\\casement\\first-logon.cmd",
    );
    for (const { value } of commands) assert.doesNotMatch(value, /%|[SX]:/);
  });

  test("asks about licences are answered for servers, and not written for XP", () => {
    assert.equal(valueOf(renderWinntSif(settings()), "LicenseFilePrintData/AutoMode"), undefined);
    const server = renderWinntSif(settings({ product: "server" }));
    assert.equal(valueOf(server, "LicenseFilePrintData/AutoMode"), "PerServer");
  });

  test("turns the firewall off, or says nothing about it", () => {
    assert.equal(valueOf(renderWinntSif(settings()), "WindowsFirewall.TurnOff/Mode"), "0");
    const on = renderWinntSif(settings({ behaviour: { ...behaviour, firewall: true } }));
    assert.ok(!on.includes("WindowsFirewall"));
  });

  test("a hostile owner comes out as that very text, or is refused", () => {
    let taken = 0;
    for (const fullName of hostileStrings) {
      let text: string;
      try {
        text = renderWinntSif(settings({ fullName }));
      } catch (error) {
        assert.ok(error instanceof UnrepresentableError, String(error));
        assert.match(fullName, /[^ -~]|["%]/);
        continue;
      }
      taken += 1;
      assert.equal(valueOf(text, "UserData/FullName"), fullName);
    }
    assert.ok(taken > 3, String(taken));
  });

  const impossible: readonly Partial<AnswerSettings>[] = [
    { productKey: null },
    { timeZone: "Samoa Standard Time" },
    { locale: { ...settings().locale, userLocale: "ja-JP" } },
  ];
  for (const changes of impossible) {
    test(`is casement's own fault with ${JSON.stringify(changes)}, which the spec refuses`, () => {
      assert.throws(() => renderWinntSif(settings(changes)), InternalError);
    });
  }
});
