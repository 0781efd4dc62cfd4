import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type AnswerTarget, checkAnswerFile } from "../../src/unattend/validate.ts";
import { type Machine, machines } from "./machines.ts";
import { addAt, element, listItem, mutableCopy, type MutableElement, removeAt } from "./mutable-document.ts";

function machine(title: string): Machine {
  const found = machines.find((candidate) => candidate.title === title);
  assert.ok(found !== undefined, title);
  return found;
}

function issuesOf(
  { document, target }: Machine,
  change: (document: MutableElement) => void,
  as?: AnswerTarget,
): string[] {
  const changed = mutableCopy(document);
  change(changed);
  return checkAnswerFile(changed, as ?? target).map(({ path, message }) => `${path}: ${message}`);
}

const shell = "oobeSystem/Microsoft-Windows-Shell-Setup";
const browser = "Microsoft-Windows-IE-InternetExplorer";

describe("checkAnswerFile", () => {
  test("asks only for what every release needs where it does not know the release", () => {
    for (const subject of machines) {
      const { firmware, architecture } = subject.target;
      assert.deepEqual(
        issuesOf(subject, () => {}, { firmware, architecture }),
        [],
        subject.title,
      );
    }
  });

  test("asks for a password of Administrator on servers only, and for an account on clients only", () => {
    const administrator = `${shell}/UserAccounts/AdministratorPassword`;
    assert.deepEqual(
      issuesOf(machine("2025"), (document) => removeAt(document, administrator)).map(
        (issue) => issue.split(":")[0],
      ),
      ["Microsoft-Windows-Shell-Setup/UserAccounts/AdministratorPassword"],
    );
    const { target, document } = machine("2025");
    const asClient = checkAnswerFile(document, { ...target, product: "client" });
    assert.deepEqual(asClient, []);
  });

  test("takes a key in place of an image on clients, not on servers", () => {
    const image = "windowsPE/Microsoft-Windows-Setup/ImageInstall/OSImage/InstallFrom";
    const drop = (document: MutableElement): void => removeAt(document, image);
    assert.deepEqual(issuesOf(machine("11"), drop), []);
    assert.match(
      issuesOf(machine("2019"), drop).join("\n"),
      /^[^\n]*InstallFrom\/MetaData: missing; a server's medium/,
    );
  });

  test("takes several first-logon commands where they wait for one another, before Windows 10", () => {
    const second = (document: MutableElement): void =>
      addAt(
        document,
        `${shell}/FirstLogonCommands`,
        listItem("SynchronousCommand", element("CommandLine", "ver"), element("Order", "2")),
      );
    for (const title of ["7", "2008 R2", "8.1", "2012 R2"])
      assert.deepEqual(issuesOf(machine(title), second), []);
    for (const title of ["10 x86", "2019", "11", "2025"])
      assert.equal(issuesOf(machine(title), second).length, 1);
  });

  test("takes Internet Explorer of 32 bits beside that of 64, and no other component of another architecture", () => {
    const add = (name: string) => (document: MutableElement) => {
      for (const processorArchitecture of ["amd64", "wow64"]) {
        addAt(document, "specialize", {
          ...element("component", [element("Home_Page", "about:blank")]),
          attributes: {
            name,
            processorArchitecture,
            publicKeyToken: "31bf3856ad364e35",
            language: "neutral",
            versionScope: "nonSxS",
          },
        });
      }
    };
    assert.deepEqual(issuesOf(machine("7"), add(browser)), []);
    const other = issuesOf(machine("7"), add("Microsoft-Windows-Shell-Setup"));
    assert.ok(other.some((issue) => issue.includes('processorArchitecture has to be "amd64", got "wow64"')));
  });

  test("leaves what is not Setup's alone: DISM's orders and other tools' elements", () => {
    const add = (document: MutableElement): void => {
      document.children.push(
        element("servicing", [element("package", "x")]),
        element("cpi:offlineImage", "", { "xmlns:cpi": "urn:schemas-microsoft-com:cpi" }),
        element("Extensions", [element("File", "x")], { xmlns: "https://example.org/other" }),
      );
    };
    assert.deepEqual(issuesOf(machine("11"), add), []);
  });
});
