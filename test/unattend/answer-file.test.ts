import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assert as check, property, string } from "fast-check";
import { InternalError } from "../../src/errors.ts";
import { UnrepresentableError } from "../../src/text/unrepresentable.ts";
import { renderAnswerFile } from "../../src/unattend/answer-file.ts";
import { parseXml } from "../../src/unattend/parse-xml.ts";
import type { AnswerSettings } from "../../src/unattend/settings.ts";
import { checkAnswerFile } from "../../src/unattend/validate.ts";
import { hostileStrings } from "../text/hostile.ts";
import { answerSettings } from "./answer-settings.ts";
import { texts } from "./answer-texts.ts";

const setup = "Microsoft-Windows-Setup";
const shell = "Microsoft-Windows-Shell-Setup";

describe("renderAnswerFile", () => {
  const variants = [
    { title: "without bypasses", requirementBypass: false, networkBypass: false },
    { title: "with bypasses", requirementBypass: true, networkBypass: true },
  ];
  const firmwares = ["bios", "uefi"] as const;
  const images = [
    { kind: "index", index: 1 },
    { kind: "name", name: "Windows 11 Pro" },
  ] as const;
  for (const { title, ...bypasses } of variants) {
    for (const firmware of firmwares) {
      for (const image of images) {
        for (const productKey of ["W269N-WFGWX-YVC9B-4J6C9-T83GX", null]) {
          const key = productKey === null ? "no key" : "a key";
          test(`${title}, ${firmware}, image by ${image.kind}, ${key}: nothing for Setup to refuse or ask`, () => {
            const settings = answerSettings({ ...bypasses, firmware, image, productKey });
            const document = parseXml(renderAnswerFile(settings));
            assert.deepEqual(checkAnswerFile(document, { firmware, architecture: "amd64" }), []);
          });
        }
      }
    }
  }

  test("is ASCII with CR LF and starts with the declaration, whatever the names are", () => {
    const xml = renderAnswerFile(answerSettings({ fullName: "Zoë 🪟", organization: "株式会社" }));
    assert.match(xml, /^<\?xml version="1.0" encoding="utf-8"\?>\r\n<unattend /);
    assert.match(xml, /^[\r\n\u0020-\u007E]*$/);
    assert.equal(xml.replaceAll("\r\n", "").includes("\n"), false);
  });

  test("is refused for XP and Server 2003, whose Setup reads winnt.sif", () => {
    assert.throws(() => renderAnswerFile(answerSettings({ family: "xp" })), InternalError);
  });

  test("is the same for the same settings", () => {
    assert.equal(renderAnswerFile(answerSettings()), renderAnswerFile(answerSettings()));
  });

  const partitions = [
    { firmware: "bios", types: ["Primary", "Primary"], target: "2" },
    { firmware: "uefi", types: ["EFI", "MSR", "Primary"], target: "3" },
  ] as const;
  for (const { firmware, types, target } of partitions) {
    test(`${firmware}: makes ${types.join(", ")} and installs to partition ${target}`, () => {
      const settings = answerSettings({ firmware });
      const path = "DiskConfiguration/Disk/CreatePartitions/CreatePartition/Type";
      assert.deepEqual(texts(settings, setup, path), types);
      assert.deepEqual(texts(settings, setup, "ImageInstall/OSImage/InstallTo/PartitionID"), [target]);
    });
  }

  test("names the image by the key that was asked for", () => {
    const path = "ImageInstall/OSImage/InstallFrom/MetaData";
    const byName = answerSettings({ image: { kind: "name", name: "Windows 10 Pro & more" } });
    assert.deepEqual(texts(byName, setup, `${path}/Key`), ["/IMAGE/NAME"]);
    assert.deepEqual(texts(byName, setup, `${path}/Value`), ["Windows 10 Pro & more"]);
    assert.deepEqual(texts(answerSettings(), setup, `${path}/Key`), ["/IMAGE/INDEX"]);
    assert.deepEqual(texts(answerSettings(), setup, `${path}/Value`), ["6"]);
  });

  test("without a key says only when to ask, because an empty key prompts", () => {
    const settings = answerSettings({ productKey: null });
    assert.deepEqual(texts(settings, setup, "UserData/ProductKey/Key"), []);
    assert.deepEqual(texts(settings, setup, "UserData/ProductKey/WillShowUI"), ["OnError"]);
  });

  test("makes the account a local administrator that is logged on once, with a hidden password", () => {
    const settings = answerSettings({ account: { user: "build", password: "pä$s<" } });
    const account = "UserAccounts/LocalAccounts/LocalAccount";
    assert.deepEqual(texts(settings, shell, `${account}/Name`), ["build"]);
    assert.deepEqual(texts(settings, shell, `${account}/Group`), ["Administrators"]);
    assert.deepEqual(texts(settings, shell, "AutoLogon/Username"), ["build"]);
    assert.deepEqual(texts(settings, shell, "AutoLogon/LogonCount"), ["1"]);
    for (const holder of [account, "AutoLogon"]) {
      assert.deepEqual(texts(settings, shell, `${holder}/Password/PlainText`), ["false"]);
      const encoded = texts(settings, shell, `${holder}/Password/Value`)[0] ?? "";
      assert.equal(Buffer.from(encoded, "base64").toString("utf16le"), "pä$s<Password");
    }
  });

  test("has exactly one first-logon command, and it looks for the marker on every drive but A to C, S and X", () => {
    const commands = texts(answerSettings(), shell, "FirstLogonCommands/SynchronousCommand/CommandLine");
    assert.equal(commands.length, 1);
    assert.match(commands[0] ?? "", /\(D E F G H I J K L M N O P Q R T U V W Y Z\)/);
    assert.match(commands[0] ?? "", /casement\\marker\.txt call %i:\\casement\\first-logon\.cmd$/);
  });

  test("sets the address on the interface with the MAC, written as Windows writes it", () => {
    const path = "Interfaces/Interface";
    const component = "Microsoft-Windows-TCPIP";
    assert.deepEqual(texts(answerSettings(), component, `${path}/Identifier`), ["52-54-00-12-AB-01"]);
    const addresses = texts(answerSettings(), component, `${path}/UnicastIpAddresses/IpAddress`);
    assert.deepEqual(addresses, ["192.168.0.1/24"]);
  });

  test("bypasses Setup's requirements and OOBE's wish for a network where asked, each on its own", () => {
    const path = "RunSynchronous/RunSynchronousCommand/Path";
    const count = (settings: AnswerSettings, component: string, word: string): number =>
      texts(settings, component, path).filter((command) => command.includes(word)).length;
    const both = (changes: Partial<AnswerSettings>): number[] => [
      count(answerSettings(changes), setup, "LabConfig"),
      count(answerSettings(changes), "Microsoft-Windows-Deployment", "BypassNRO"),
    ];
    assert.deepEqual(both({}), [5, 1]);
    assert.deepEqual(both({ requirementBypass: false }), [0, 1]);
    assert.deepEqual(both({ networkBypass: false }), [5, 0]);
  });

  test("leaves empty names out, because empty elements can be fatal", () => {
    const settings = answerSettings({ fullName: "", organization: "" });
    assert.deepEqual(texts(settings, setup, "UserData/FullName"), []);
    assert.deepEqual(texts(settings, setup, "UserData/Organization"), []);
  });

  for (const text of [...hostileStrings, "x".repeat(10_000)]) {
    test(`carries or refuses ${JSON.stringify(text).slice(0, 40)}`, () => {
      const settings = answerSettings({
        image: { kind: "name", name: text },
        fullName: text,
        account: { user: "build", password: text },
      });
      let fullName: string[];
      let image: string[];
      let password: string[];
      try {
        fullName = texts(settings, setup, "UserData/FullName");
        image = texts(settings, setup, "ImageInstall/OSImage/InstallFrom/MetaData/Value");
        password = texts(settings, shell, "AutoLogon/Password/Value");
      } catch (error) {
        assert.ok(error instanceof UnrepresentableError, String(error));
        return;
      }
      assert.deepEqual(fullName, text === "" ? [] : [text]);
      assert.deepEqual(image, [text]);
      assert.equal(Buffer.from(password[0] ?? "", "base64").toString("utf16le"), `${text}Password`);
    });
  }

  test("carries any name that XML can hold", () => {
    check(
      property(string({ unit: "grapheme", minLength: 1 }), (text) => {
        assert.deepEqual(texts(answerSettings({ fullName: text }), setup, "UserData/FullName"), [text]);
      }),
      { numRuns: 50 },
    );
  });
});
