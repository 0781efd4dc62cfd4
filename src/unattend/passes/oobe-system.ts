import { autoLogon, userAccounts } from "../accounts.ts";
import { firstLogonCommand } from "../commands.ts";
import { fixedComponents } from "../fixed-settings.ts";
import { localeSettings } from "../locale.ts";
import type { AnswerSettings } from "../settings.ts";
import { type Component, group, item, type Setting, value } from "../tree.ts";

/** What the first start is told: language, accounts, the one automatic logon and its one command. */
export function oobeSystem(settings: AnswerSettings): Component[] {
  const component = (name: string, ...own: Setting[]): Component => ({
    pass: "oobeSystem",
    name,
    settings: own,
  });
  return [
    component("Microsoft-Windows-International-Core", ...localeSettings(settings)),
    component(shell, autoLogon(settings), firstLogonCommands()),
    ...fixedComponents("oobeSystem", settings),
    component(shell, userAccounts(settings)),
  ];
}

const shell = "Microsoft-Windows-Shell-Setup";

// Exactly one: since Windows 10 all of them are started at once.
function firstLogonCommands(): Setting {
  return group(
    "FirstLogonCommands",
    item(
      "SynchronousCommand",
      value("CommandLine", firstLogonCommand),
      value("Description", "casement"),
      value("Order", 1),
    ),
  );
}
