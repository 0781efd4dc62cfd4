import type { Issue } from "../errors.ts";
import type { AnswerTarget } from "./answer-target.ts";
import { childText, findChildren, findSettings } from "./find-settings.ts";
import { decodePassword, type PasswordElement } from "./password.ts";
import type { XmlElement } from "./xml-element.ts";

/** Checks accounts, their passwords, and that the automatic logon leads to one of them. */
export function checkAccounts(document: XmlElement, target: AnswerTarget): Issue[] {
  return [
    ...checkPasswords(document),
    ...checkNames(document),
    ...checkAutoLogon(document),
    ...checkFirstLogon(document, target),
  ];
}

const shell = "Microsoft-Windows-Shell-Setup";
const accountPath = "UserAccounts/LocalAccounts/LocalAccount";
const logonPath = "AutoLogon";

const passwords: readonly { readonly path: string; readonly element: PasswordElement }[] = [
  { path: `${accountPath}/Password`, element: "Password" },
  { path: `${logonPath}/Password`, element: "Password" },
  { path: "UserAccounts/AdministratorPassword", element: "AdministratorPassword" },
];

function checkPasswords(document: XmlElement): Issue[] {
  return passwords.flatMap(({ path, element }) =>
    findSettings(document, shell, path).flatMap((holder) => {
      if (childText(holder, "Value") === undefined)
        return [{ path: `${shell}/${path}/Value`, message: "missing" }];
      if (readPassword(holder, element) !== undefined) return [];
      const message = `not what PlainText=false wants: base 64 of UTF-16LE of the password and "${element}"`;
      return [
        { path: `${shell}/${path}/Value`, message: `${message}, got ${quote(childText(holder, "Value"))}` },
      ];
    }),
  );
}

/** The password; undefined where it cannot be decoded. Without PlainText it is plain text (Microsoft, password-plaintext). */
function readPassword(holder: XmlElement, element: PasswordElement): string | undefined {
  const text = childText(holder, "Value") ?? "";
  return isTrue(childText(holder, "PlainText") ?? "true") ? text : decodePassword(text, element);
}

function checkNames(document: XmlElement): Issue[] {
  const computer = findSettings(document, shell, "ComputerName")[0]?.text;
  return findSettings(document, shell, `${accountPath}/Name`)
    .filter(({ text }) => text.toLowerCase() === computer?.toLowerCase())
    .map(({ text }) => ({
      path: `${shell}/${accountPath}/Name`,
      message: `Windows refuses an account named like the computer, got ${quote(text)}`,
    }));
}

function checkAutoLogon(document: XmlElement): Issue[] {
  return findSettings(document, shell, logonPath).flatMap((logon) => {
    const issues: Issue[] = [];
    const path = `${shell}/${logonPath}`;
    if (!isTrue(childText(logon, "Enabled"))) {
      issues.push({
        path: `${path}/Enabled`,
        message: `has to be true, got ${quote(childText(logon, "Enabled"))}`,
      });
    }
    const count = childText(logon, "LogonCount");
    if (count === undefined || Number(count) < 1) {
      issues.push({ path: `${path}/LogonCount`, message: `has to be 1 or more, got ${quote(count)}` });
    }
    if (findChildren(logon, "Password").length === 0)
      issues.push({ path: `${path}/Password`, message: "missing" });
    return [...issues, ...checkLogonAccount(document, logon)];
  });
}

function checkLogonAccount(document: XmlElement, logon: XmlElement): Issue[] {
  const path = `${shell}/${logonPath}/Username`;
  const user = childText(logon, "Username");
  if (user === undefined) return [{ path, message: "missing" }];
  // Another domain has accounts that the file does not tell.
  if (!["", ".", undefined].includes(childText(logon, "Domain"))) return [];
  const accounts = findSettings(document, shell, accountPath);
  const account = accounts.find((candidate) => same(childText(candidate, "Name"), user));
  const holder =
    account === undefined
      ? findSettings(document, shell, "UserAccounts/AdministratorPassword")[0]
      : findChildren(account, "Password")[0];
  if (account === undefined && !same(user, "Administrator")) {
    const names = accounts.map((candidate) => childText(candidate, "Name") ?? "");
    return [{ path, message: `not one of the accounts, got ${quote(user)}; accounts: ${names.join(", ")}` }];
  }
  const wanted = holder === undefined ? undefined : readPassword(holder, elementOf(holder));
  const given = findChildren(logon, "Password")[0];
  const password = given === undefined ? undefined : readPassword(given, "Password");
  if (wanted === undefined || password === undefined || wanted === password) return [];
  return [{ path: `${shell}/${logonPath}/Password`, message: `is not the password of ${user}` }];
}

function elementOf(holder: XmlElement): PasswordElement {
  return same(holder.name, "AdministratorPassword") ? "AdministratorPassword" : "Password";
}

function checkFirstLogon(document: XmlElement, { family }: AnswerTarget): Issue[] {
  const path = `${shell}/FirstLogonCommands`;
  const count = findSettings(document, shell, "FirstLogonCommands/SynchronousCommand").length;
  if (count === 0) return [];
  const issues: Issue[] = [];
  if (findSettings(document, shell, logonPath).length === 0) {
    issues.push({ path, message: "nobody is logged on by AutoLogon, so they wait for a person" });
  }
  // All of them are started at once since Windows 10, so that a second one would run beside the first.
  if (count > 1 && family !== "7" && family !== "8.1") {
    const message = `one command at most, since Windows 10 starts all of them at once, got ${count}`;
    issues.push({ path, message });
  }
  return issues;
}

function isTrue(text: string | undefined): boolean {
  return text?.toLowerCase() === "true";
}

function same(left: string | undefined, right: string): boolean {
  return left?.toLowerCase() === right.toLowerCase();
}

function quote(text: string | undefined): string {
  return text === undefined ? "nothing" : JSON.stringify(text);
}
