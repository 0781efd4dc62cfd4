import { encodePassword } from "../../../src/unattend/password.ts";
import { element, listItem } from "../mutable-document.ts";
import {
  account,
  add,
  first,
  fromTen,
  logon,
  type Mutation,
  mutation,
  remove,
  server,
  set,
  shell,
} from "./mutation.ts";

const second = listItem("SynchronousCommand", element("CommandLine", "x"), element("Order", "2"));
const administrator = `${shell}/UserAccounts/AdministratorPassword`;

/** Accounts, passwords, and the automatic logon. */
export const accounts: readonly Mutation[] = [
  mutation(
    "no LogonCount",
    remove(`${logon}/LogonCount`),
    /AutoLogon\/LogonCount: has to be 1 or more, got nothing/,
  ),
  mutation(
    "a LogonCount of 0",
    set(`${logon}/LogonCount`, "0"),
    /AutoLogon\/LogonCount: has to be 1 or more, got "0"/,
  ),
  mutation(
    "an automatic logon that is off",
    set(`${logon}/Enabled`, "false"),
    /AutoLogon\/Enabled: has to be true/,
  ),
  mutation("an automatic logon of nobody", remove(`${logon}/Username`), /AutoLogon\/Username: missing/),
  mutation(
    "an automatic logon without a password",
    remove(`${logon}/Password`),
    /AutoLogon\/Password: missing/,
  ),
  mutation(
    "an automatic logon without an account",
    set(`${logon}/Username`, "nobody"),
    /AutoLogon\/Username: not one of the accounts, got "nobody"; accounts: build, second/,
  ),
  mutation(
    "an automatic logon with another password",
    set(`${logon}/Password/Value`, encodePassword("other", "Password")),
    /AutoLogon\/Password: is not the password of build/,
  ),
  mutation("no automatic logon", remove(logon), /FirstLogonCommands: nobody is logged on/),
  mutation(
    "a password that is not encoded",
    set(`${account}/Password/Value`, "Secret-1"),
    /LocalAccount\/Password\/Value: not what PlainText=false wants/,
  ),
  mutation(
    "a password that is cut off",
    set(`${account}[2]/Password/Value`, encodePassword("Second-2", "Password").slice(0, 16)),
    /LocalAccount\/Password\/Value: not what/,
  ),
  mutation(
    "a password of Administrator that ends as others do",
    set(`${administrator}/Value`, encodePassword("Secret-1", "Password").slice(0, 40)),
    /AdministratorPassword\/Value: not what PlainText=false wants/,
    server,
  ),
  mutation("a password without a value", remove(`${account}[2]/Password/Value`), /Password\/Value: missing/),
  mutation(
    "an account like the computer",
    set(`${account}[2]/Name`, "casement"),
    /LocalAccount\/Name: Windows refuses an account named like the computer/,
  ),
  mutation(
    "an account with a long name",
    set(`${account}[2]/Name`, "x".repeat(21)),
    /LocalAccount\/Name: at most 20 characters/,
  ),
  mutation(
    "an account with a name that is none",
    set(`${account}[2]/Name`, "a@b"),
    /LocalAccount\/Name: not a name of an account/,
  ),
  mutation(
    "a second first-logon command",
    add(`${shell}/FirstLogonCommands`, second),
    /FirstLogonCommands: one command at most, since Windows 10 starts all of them at once, got 2/,
    fromTen,
  ),
  mutation(
    "a first-logon command without a line",
    remove(`${first}/CommandLine`),
    /SynchronousCommand\/CommandLine: missing/,
  ),
];
