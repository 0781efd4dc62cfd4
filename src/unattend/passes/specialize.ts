import { specializeCommands } from "../commands.ts";
import { firewallGroups } from "../firewall.ts";
import { fixedComponents } from "../fixed-settings.ts";
import { staticAddress } from "../network.ts";
import { runSynchronous } from "../run-synchronous.ts";
import type { AnswerSettings } from "../settings.ts";
import { type Component, type Setting, value } from "../tree.ts";

/** What the installed Windows is told before it has users: its name, address and clock, and commands as SYSTEM. */
export function specialize(settings: AnswerSettings): Component[] {
  const component = (name: string, ...own: Setting[]): Component[] =>
    own.length === 0 ? [] : [{ pass: "specialize", name, settings: own }];
  return [
    ...component("Microsoft-Windows-Deployment", ...runSynchronous(specializeCommands(settings))),
    ...component(
      "Microsoft-Windows-Shell-Setup",
      value("ComputerName", settings.computerName),
      value("TimeZone", settings.timeZone),
    ),
    ...component("Microsoft-Windows-TCPIP", staticAddress(settings)),
    ...component("Networking-MPSSVC-Svc", ...firewallGroups(settings)),
    ...fixedComponents("specialize", settings),
  ];
}
