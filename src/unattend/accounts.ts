import { encodePassword, type PasswordElement } from "./password.ts";
import type { AnswerAccount, AnswerSettings } from "./settings.ts";
import { group, item, type Setting, value } from "./tree.ts";

/** Logs the account on at the first start. Windows makes the count two; the first-logon script ends it at one (A12). */
export function autoLogon({ account }: AnswerSettings): Setting {
  return group(
    "AutoLogon",
    value("Enabled", true),
    value("LogonCount", 1),
    secret("Password", account.password),
    value("Username", account.user),
  );
}

/**
 * The accounts of the machine. A password for the built-in Administrator switches it on on clients; on servers it is on in
 * any case and has to have one (A69), so without a word from the spec it gets that of the account.
 */
export function userAccounts(settings: AnswerSettings): Setting {
  const { account, accounts, product } = settings;
  const administrator =
    settings.administratorPassword ?? (product === "server" ? account.password : undefined);
  return group(
    "UserAccounts",
    ...(administrator === undefined ? [] : [secret("AdministratorPassword", administrator)]),
    group(
      "LocalAccounts",
      // Groups by their English names, which work on every language.
      item(
        "LocalAccount",
        value("Group", "Administrators"),
        value("Name", account.user),
        secret("Password", account.password),
      ),
      ...accounts.map(localAccount),
    ),
  );
}

function localAccount({ description, displayName, groups, name, password }: AnswerAccount): Setting {
  return item(
    "LocalAccount",
    ...(description === "" ? [] : [value("Description", description)]),
    ...(displayName === "" ? [] : [value("DisplayName", displayName)]),
    value("Group", groups.join(";")),
    value("Name", name),
    secret("Password", password),
  );
}

function secret(element: PasswordElement, password: string): Setting {
  return group(element, value("Value", encodePassword(password, element)), value("PlainText", false));
}
