import { type AnswerReader, elementsAt, textAt } from "./answer-reader.ts";
import type { SpecInput } from "../spec/schema.ts";
import type { XmlElement } from "../unattend/xml-element.ts";
import { shell } from "./components.ts";
import { readPassword } from "./passwords.ts";
import type { WindowsPart } from "./windows-input.ts";

/** The account that commands run as, and the others. */
export interface ImportedAccounts {
  readonly account: NonNullable<SpecInput["account"]>;
  readonly windows: WindowsPart;
}

/** Who logs on automatically, or else the first administrator, becomes `account`; the built-in Administrator stays apart. */
export function importAccounts(reader: AnswerReader): ImportedAccounts {
  const given = reader.takeAll(shell, "UserAccounts/LocalAccounts/LocalAccount").map(readAccount);
  const administrator = readPassword(reader.takeAll(shell, "UserAccounts/AdministratorPassword")[0]);
  const logon = reader.takeAll(shell, "AutoLogon")[0];
  const user = logon === undefined ? undefined : textAt(logon, "Username");
  const local = given.filter(({ name }) => name.toLowerCase() !== "administrator");
  const main =
    local.find(({ name }) => name.toLowerCase() === user?.toLowerCase()) ??
    local.find(({ groups }) => groups.some((group) => group.toLowerCase() === "administrators"));
  noteLogon(reader, logon, main?.name);
  const others = local.filter((each) => each !== main);
  const password = administrator ?? builtInPassword(given, user, logon);
  return {
    account: main === undefined ? {} : accountOf(reader, main),
    windows: {
      ...(password === undefined ? {} : { administrator: { password } }),
      ...(others.length === 0
        ? {}
        : { accounts: others.map(({ password, ...rest }) => ({ ...rest, password: password ?? "" })) }),
    },
  };
}

interface Account {
  readonly name: string;
  readonly password: string | undefined;
  readonly groups: string[];
  readonly displayName?: string;
  readonly description?: string;
}

function readAccount(element: XmlElement): Account {
  const displayName = textAt(element, "DisplayName");
  const description = textAt(element, "Description");
  const name = textAt(element, "Name") ?? "";
  return {
    name,
    password: readPassword(elementsAt(element, "Password")[0]),
    groups: (textAt(element, "Group") ?? "Users").split(";").map((group) => group.trim()),
    ...(displayName === undefined || displayName === name ? {} : { displayName }),
    ...(description === undefined ? {} : { description }),
  };
}

function accountOf(reader: AnswerReader, account: Account): NonNullable<SpecInput["account"]> {
  if (account.displayName !== undefined || account.description !== undefined) {
    reader.leave(
      `LocalAccount ${account.name}`,
      "its full name and description: the account that commands run as has none",
    );
  }
  if (account.password === undefined) {
    reader.leave(
      `LocalAccount ${account.name}`,
      "has no password, and a login by SSH needs one: generate makes one",
    );
    return { user: account.name };
  }
  return { user: account.name, password: account.password };
}

// A file that enables the Administrator by logging it on may say its password there only.
function builtInPassword(
  given: readonly Account[],
  user: string | undefined,
  logon: XmlElement | undefined,
): string | undefined {
  const listed = given.find(({ name }) => name.toLowerCase() === "administrator")?.password;
  if (listed !== undefined || logon === undefined || user?.toLowerCase() !== "administrator") return listed;
  return readPassword(elementsAt(logon, "Password")[0]);
}

function noteLogon(reader: AnswerReader, logon: XmlElement | undefined, main: string | undefined): void {
  if (logon === undefined) return;
  const user = textAt(logon, "Username");
  const count = textAt(logon, "LogonCount");
  if (user !== undefined && user.toLowerCase() !== main?.toLowerCase()) {
    reader.leave(
      "AutoLogon",
      `logs on ${user}; casement logs on the account that commands run as (account.user)`,
    );
  } else if (count !== undefined && count !== "1") {
    reader.leave("AutoLogon/LogonCount", `is ${count}; casement logs on once, for the installation`);
  }
}
