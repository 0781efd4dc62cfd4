import { readFileSync, readdirSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { posix } from "node:path";

export interface Adapter {
  /** Linux name. */
  readonly device: string;
  /** As Windows shows it: Ethernet, Ethernet 2, … */
  readonly name: string;
  /** With colons, lower case. */
  readonly mac: string;
  /** Such as 192.168.0.1/24; undefined when none is set. */
  readonly address: string | undefined;
}

/** Network cards of the machine, in the order of their devices. */
export function listAdapters(): Adapter[] {
  const folder = "/sys/class/net";
  const addresses = networkInterfaces();
  return readdirSync(folder)
    .filter((device) => device !== "lo")
    .sort()
    .map((device, index) => ({
      device,
      name: index === 0 ? "Ethernet" : `Ethernet ${index + 1}`,
      mac: readFileSync(posix.join(folder, device, "address"), "utf8").trim(),
      address: addresses[device]?.find((each) => each.family === "IPv4")?.cidr ?? undefined,
    }));
}
