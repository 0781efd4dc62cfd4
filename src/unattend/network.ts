import type { AnswerSettings } from "./settings.ts";
import { group, item, keyed, type Setting, value } from "./tree.ts";

/**
 * The interface with the MAC and its only address. By MAC, because connection names are translated; the guest's scripts
 * repeat it (A11). The order of the interface's children is fixed (Microsoft, tcpip-interfaces-interface).
 */
export function staticAddress({ network }: AnswerSettings): Setting {
  return group(
    "Interfaces",
    item(
      "Interface",
      group("Ipv4Settings", value("DhcpEnabled", false)),
      value("Identifier", network.mac.replaceAll(":", "-").toUpperCase()),
      group("UnicastIpAddresses", keyed("IpAddress", "1", `${network.address}/${network.prefixLength}`)),
    ),
  );
}
