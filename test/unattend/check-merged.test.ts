import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkMerged } from "../../src/unattend/check-merged.ts";
import { answerSettings } from "./answer-settings.ts";
import { extra, shell } from "./extras.ts";

function faultsOf(family: "7" | "11", ...extraSettings: readonly ReturnType<typeof extra>[]): string[] {
  const settings = answerSettings({ family, firmware: family === "7" ? "bios" : "uefi", extraSettings });
  return checkMerged(settings).map(({ index, at, message }) => `[${index}]${at.join(".")}: ${message}`);
}

const command = "RunSynchronous/RunSynchronousCommand";
const deployment = "Microsoft-Windows-Deployment";
const harmless = extra("Microsoft-Windows-IE-InternetExplorer", "specialize", "Home_Page", "about:blank");

describe("checkMerged", () => {
  test("takes extra settings that Setup takes", () => {
    assert.deepEqual(faultsOf("11"), []);
    assert.deepEqual(
      faultsOf("11", harmless, extra(deployment, "specialize", command, [{ Path: "ver" }])),
      [],
    );
  });

  const rows: readonly (readonly [title: string, extra: ReturnType<typeof extra>, want: RegExp])[] = [
    [
      "an item that lacks what it needs",
      extra(deployment, "specialize", command, [{ Description: "nothing" }]),
      /^\[1\]: gives an answer file that Setup would not take: .*RunSynchronousCommand\/Path: missing$/,
    ],
    [
      "a command that the pass cannot run",
      extra(deployment, "specialize", command, [{ Path: "shutdown /r /t 0" }]),
      /^\[1\]: .*Path: restarts or stops Windows in the middle of Setup/,
    ],
    [
      "an account like the computer",
      extra(shell, "oobeSystem", "UserAccounts/LocalAccounts/LocalAccount", [
        { Name: "CASEMENT", Password: { Value: "x", PlainText: true } },
      ]),
      /^\[1\]: .*LocalAccount\/Name: Windows refuses an account named like the computer/,
    ],
  ];
  for (const [title, subject, want] of rows) {
    test(`refuses ${title}, at the extra setting that is to blame`, () => {
      const faults = faultsOf("11", harmless, subject);
      assert.equal(faults.length, 1, faults.join("\n"));
      assert.match(faults[0] ?? "", want);
    });
  }

  test("refuses a setting that is newer than the release", () => {
    const subject = extra(shell, "oobeSystem", "OOBE/HideOnlineAccountScreens", true);
    const [fault, ...others] = faultsOf("7", harmless, subject);
    assert.match(
      fault ?? "",
      /^\[1\]: .*HideOnlineAccountScreens: new in Windows 8\.1 .* file is for Windows 7/,
    );
    assert.deepEqual(others, []);
  });

  test("leaves XP alone, which has no such file", () => {
    assert.deepEqual(checkMerged(answerSettings({ family: "xp", extraSettings: [harmless] })), []);
  });
});
