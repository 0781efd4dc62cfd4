import type { AnswerSettings } from "./settings.ts";
import { group, keyedItem, type Setting, value } from "./tree.ts";

/**
 * Holes in a firewall that is on. Remote Desktop is a group that Windows knows; port 22 is none and cannot be opened here:
 * the guest's scripts do that, before sshd starts.
 */
export function firewallGroups({ behaviour }: AnswerSettings): Setting[] {
  if (!behaviour.firewall || !behaviour.remoteDesktop) return [];
  return [
    group(
      "FirewallGroups",
      keyedItem(
        "FirewallGroup",
        "RemoteDesktop",
        value("Active", true),
        // The group's resource, which is the same in every language.
        value("Group", "@FirewallAPI.dll,-28752"),
        value("Profile", "all"),
      ),
    ),
  ];
}
