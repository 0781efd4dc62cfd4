import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { encodePassword } from "../../src/unattend/password.ts";
import type { AnswerSettings } from "../../src/unattend/settings.ts";
import { answerSettings } from "./answer-settings.ts";
import { records, texts } from "./answer-texts.ts";

const shell = "Microsoft-Windows-Shell-Setup";
const account = "UserAccounts/LocalAccounts/LocalAccount";

function administratorOf(settings: AnswerSettings): string | undefined {
  const value = texts(settings, shell, "UserAccounts/AdministratorPassword/Value")[0];
  return value === undefined ? undefined : Buffer.from(value, "base64").toString("utf16le");
}

describe("accounts", () => {
  test("further accounts stand after the first with name, groups and what they are shown as", () => {
    const settings = answerSettings({
      accounts: [
        {
          name: "anna",
          password: "Anna-1",
          groups: ["Users", "Remote Desktop Users"],
          displayName: "Anna & Co",
          description: "tests",
        },
      ],
    });
    assert.deepEqual(records(settings, shell, account, ["Name", "Group", "DisplayName", "Description"]), [
      { Name: "build", Group: "Administrators" },
      { Name: "anna", Group: "Users;Remote Desktop Users", DisplayName: "Anna & Co", Description: "tests" },
    ]);
    assert.deepEqual(texts(settings, shell, `${account}/Password/Value`), [
      encodePassword("Secret-1", "Password"),
      encodePassword("Anna-1", "Password"),
    ]);
  });

  test("names that are shown are left out where they are empty, because empty elements can be fatal", () => {
    const settings = answerSettings({
      accounts: [{ name: "anna", password: "Anna-1", groups: ["Users"], displayName: "", description: "" }],
    });
    assert.deepEqual(records(settings, shell, account, ["Name", "DisplayName", "Description"]).at(-1), {
      Name: "anna",
    });
  });

  test("the first account logs on, whoever else there is", () => {
    const settings = answerSettings({
      accounts: [{ name: "anna", password: "Anna-1", groups: ["Users"], displayName: "", description: "" }],
      administratorPassword: "Admin-1",
    });
    assert.deepEqual(texts(settings, shell, "AutoLogon/Username"), ["build"]);
  });
});

describe("the built-in Administrator", () => {
  const rows = [
    { product: "client", given: null, gets: undefined },
    { product: "client", given: "Admin-1", gets: "Admin-1AdministratorPassword" },
    { product: "server", given: "Admin-1", gets: "Admin-1AdministratorPassword" },
    // A server's has to have one, or its first start asks.
    { product: "server", given: null, gets: "Secret-1AdministratorPassword" },
  ] as const;
  for (const { product, given, gets } of rows) {
    test(`${product}, ${given ?? "nothing"} given: ${gets ?? "left as the release has it"}`, () => {
      assert.equal(administratorOf(answerSettings({ product, administratorPassword: given })), gets);
    });
  }

  test("has its password hidden like the others", () => {
    const settings = answerSettings({ administratorPassword: "Admin-1" });
    assert.deepEqual(texts(settings, shell, "UserAccounts/AdministratorPassword/PlainText"), ["false"]);
  });
});

describe("encodePassword", () => {
  test("hides the password the way Microsoft's samples do: its own text, then the element's name", () => {
    // From Microsoft's "Hide Sensitive Data in an Answer File" and dockur's answer files.
    assert.equal(encodePassword("admin", "Password"), "YQBkAG0AaQBuAFAAYQBzAHMAdwBvAHIAZAA=");
    assert.equal(
      encodePassword("admin", "AdministratorPassword"),
      "YQBkAG0AaQBuAEEAZABtAGkAbgBpAHMAdAByAGEAdABvAHIAUABhAHMAcwB3AG8AcgBkAA==",
    );
  });
});
