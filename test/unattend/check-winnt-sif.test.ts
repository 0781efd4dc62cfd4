import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkWinntSif } from "../../src/unattend/check-winnt-sif.ts";
import { renderWinntSif } from "../../src/unattend/winnt-sif.ts";
import { answerSettings } from "./answer-settings.ts";

const good = renderWinntSif(answerSettings({ family: "xp", product: "server" }));

function replaced(from: string, to: string): string {
  assert.ok(good.includes(from), from);
  return good.replace(from, to);
}

describe("checkWinntSif", () => {
  test("has nothing to say about a file of casement's own", () => {
    assert.deepEqual(checkWinntSif(good, "server"), []);
  });

  test("takes spaces, other cases and comments as Setup does", () => {
    const text = replaced("OemSkipEula=Yes", "; no licence page\r\n  oemskipeula = YES");
    assert.deepEqual(checkWinntSif(text, "server"), []);
  });

  const mutations: readonly (readonly [title: string, text: string, want: RegExp])[] = [
    ["a misspelt section", replaced("[UserData]", "[UserDate]"), /^UserDate: .*Did you mean \[UserData\]/m],
    ["a misspelt entry", replaced("OemSkipEula", "OemSkipEulla"), /OemSkipEulla: .*Did you mean OemSkipEula/],
    [
      "a missing section",
      replaced("[Identification]\r\nJoinWorkgroup=WORKGROUP\r\n", ""),
      /Identification: .*missing/,
    ],
    ["a missing key", good.replace(/^ProductKey=.*\r\n/m, ""), /UserData\/ProductKey: .*missing/],
    [
      "an entry in the wrong section",
      replaced("Repartition=Yes", "TimeZone=85"),
      /Unattended\/TimeZone: is not/,
    ],
    [
      "a wrong enumeration",
      replaced("DriverSigningPolicy=Ignore", "DriverSigningPolicy=Skip"),
      /Block, Ignore, Warn, got Skip/,
    ],
    ["a mode that asks", replaced("FullUnattended", "GuiAttended"), /Setup would ask .* got GuiAttended/],
    ["a disk that is left alone", replaced("Repartition=Yes", "Repartition=No"), /Unattended\/Repartition/],
    ["a zone by its name", replaced("TimeZone=90", 'TimeZone="UTC"'), /TimeZone: .*got UTC/],
    ["a zone that does not exist", replaced("TimeZone=90", "TimeZone=91"), /no number .* got 91/],
    ["a malformed key", replaced("W269N-WFGWX", "W269N"), /UserData\/ProductKey: has to be five groups/],
    ["text without quotes", replaced('"Example"', "Exam ple"), /OrgName needs quotes/],
    ["a comma without quotes", replaced('"Example"', "Exam,ple"), /OrgName needs quotes around a comma/],
    ["a quote inside", replaced('"Example"', '"Exam"ple"'), /OrgName has a quote in the middle/],
    ["a percent sign", replaced('"Example"', '"100%"'), /OrgName holds a percent sign/],
    ["a letter outside ASCII", replaced('"Example"', '"Größe"'), /not printable ASCII, got "ö"/],
    ["lines that end with LF", good.replaceAll("\r\n", "\n"), /not printable ASCII|CR LF/],
    ["a file that is cut off", good.slice(0, -1), /does not end with CR LF/],
    ["a line that is nothing", replaced("[Display]", "Display"), /neither a section nor KEY=VALUE/],
    ["a broken head", replaced("[Display]", "[Display"), /is no section's head/],
    ["an entry before all sections", `A=1\r\n${good}`, /stands before the first section/],
    ["a section twice", `${good}[Data]\r\n`, /Data: the section stands twice/],
    ["an entry twice", replaced("AutoLogonCount=1", "AutoLogon=No"), /AutoLogon: the entry stands twice/],
    [
      "a section that nobody wrote",
      replaced("Adapter1=params.Adapter1", "Adapter1=params.Adapter2"),
      /missing, got params\.Adapter2/,
    ],
    [
      "an adapter that nobody named",
      replaced("SpecificTo=Adapter1", "SpecificTo=Adapter2"),
      /no adapter of this name/,
    ],
    ["a MAC with colons", replaced("0x52540012AB01", "52:54:00:12:AB:01"), /0x and twelve hexadecimal/],
    [
      "a gap between commands",
      replaced("Command1=", "Command99="),
      /without gaps, got Command99 for Command1/,
    ],
    ["a command without end", replaced("if exist D:", `if exist ${"x".repeat(300)}`), /1 to 259 characters/],
    [
      "no licence mode on a server",
      good.replace(/\[LicenseFilePrintData\]\r\n.*\r\n.*\r\n/, ""),
      /LicenseFilePrintData: .*missing/,
    ],
    [
      "a language without its digits",
      replaced("UserLocale=00000409", "UserLocale=en-US"),
      /eight hexadecimal digits/,
    ],
    ["an empty file", "", /Unattended: the section is required/],
  ];
  for (const [title, text, want] of mutations) {
    test(`finds ${title}`, () => {
      const issues = checkWinntSif(text, "server");
      const lines = issues.map(({ path, message, hint }) => `${path}: ${message} ${hint ?? ""}`);
      assert.match(lines.join("\n"), want);
    });
  }
});
