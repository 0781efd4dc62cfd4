import { runCaptured } from "../../process/attached.ts";
import { appendFileSync, readFileSync } from "node:fs";
import { stateFile } from "../machine/files.ts";
import { listAdapters } from "../machine/network.ts";
import { type Call, print, refuse } from "./program.ts";

/** getmac /v /fo csv /nh only: one line an adapter. */
export function getmac(call: Call): number {
  if (call.args.join(" ").toLowerCase() !== "/v /fo csv /nh")
    return refuse(call, "the stand-in plays: getmac /v /fo csv /nh");
  listAdapters().forEach((adapter, index) => {
    const mac = adapter.mac.replaceAll(":", "-").toUpperCase();
    print(
      call.handles.stdout,
      `"${adapter.name}","casement stand-in network card","${mac}","\\Device\\Tcpip_{${index}}"`,
    );
  });
  return 0;
}

/** ipconfig and ipconfig /all. */
export function ipconfig(call: Call): number {
  if (call.args.length > 0 && call.args.join(" ").toLowerCase() !== "/all")
    return refuse(call, "the stand-in plays ipconfig and ipconfig /all");
  print(call.handles.stdout, "", "IP Configuration of the casement stand-in", "");
  for (const adapter of listAdapters()) {
    print(call.handles.stdout, `Ethernet adapter ${adapter.name}:`, "");
    if (call.args.length > 0)
      print(
        call.handles.stdout,
        `   Physical Address. . . . . . . . . : ${adapter.mac.replaceAll(":", "-").toUpperCase()}`,
      );
    const [address, prefix] = adapter.address?.split("/") ?? [];
    if (address === undefined)
      print(call.handles.stdout, "   Media State . . . . . . . . . . . : no address");
    else
      print(
        call.handles.stdout,
        `   IPv4 Address. . . . . . . . . . . : ${address}`,
        `   Subnet Mask . . . . . . . . . . . : ${maskOf(Number(prefix))}`,
      );
    print(call.handles.stdout, "");
  }
  return 0;
}

/** netsh: the firewall's switch and rules for ports (there is no firewall), and a static address. */
export function netsh(call: Call): number {
  const words = call.args.map((word) => word.toLowerCase());
  if (words.slice(0, 4).join(" ") === "advfirewall firewall add rule") return addRule(call, words.slice(4));
  if (words.slice(0, 2).join(" ") === "advfirewall set") {
    const known =
      /^(allprofiles|domainprofile|privateprofile|publicprofile|currentprofile)$/.test(words[2] ?? "") &&
      words[3] === "state" &&
      /^(on|off)$/.test(words[4] ?? "");
    if (!known || words.length !== 5)
      return refuse(
        call,
        `the stand-in plays: advfirewall set allprofiles state off, got ${call.tail.trim()}`,
      );
    print(call.handles.stdout, "Ok.", "");
    return 0;
  }
  const address =
    /^interface (?:ipv4|ip) set address name=(.+) static (\d+\.\d+\.\d+\.\d+) (\d+\.\d+\.\d+\.\d+)$/i.exec(
      call.args.join(" "),
    );
  if (address === null)
    return refuse(
      call,
      `the stand-in plays: interface ipv4 set address name="NAME" static ADDRESS MASK, got ${call.tail.trim()}`,
    );
  const [, name = "", ip = "", mask = ""] = address;
  return setAddress(call, name, `${ip}/${prefixOf(mask)}`);
}

// Each option once, and those that a rule for a port needs; the real netsh takes more of them.
function addRule(call: Call, words: readonly string[]): number {
  const values: readonly (readonly [name: string, value: RegExp])[] = [
    ["name", /^.+$/],
    ["dir", /^(in|out)$/],
    ["action", /^(allow|block)$/],
    ["protocol", /^(tcp|udp)$/],
    ["localport", /^\d{1,5}$/],
  ];
  const given = words.map((word) => /^(\w+)=(.*)$/.exec(word) ?? [word, "", ""]);
  const fits = ([name, value]: (typeof values)[number]): boolean =>
    given.filter(([, key, text]) => key === name && value.test(text ?? "")).length === 1;
  if (words.length !== values.length || !values.every(fits)) {
    const names = values.map(([name]) => `${name}=`).join(" ");
    return refuse(
      call,
      `the stand-in plays: advfirewall firewall add rule ${names}, got ${call.tail.trim()}`,
    );
  }
  print(call.handles.stdout, "Ok.", "");
  return 0;
}

function setAddress(call: Call, name: string, address: string): number {
  const adapter = listAdapters().find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (adapter === undefined) {
    print(call.handles.stderr, "The filename, directory name, or volume label syntax is incorrect.", "");
    return 1;
  }
  if (adapter.address === address) {
    print(call.handles.stderr, "The object already exists.", "");
    return 1;
  }
  const ip = (...args: string[]): string => runCaptured({ file: "/stand-in/applets/ip", args });
  ip("address", "flush", "dev", adapter.device);
  ip("address", "add", address, "dev", adapter.device);
  ip("link", "set", adapter.device, "up");
  const line = `${adapter.mac} ${address}\n`;
  if (!readFileSync(stateFile("network"), "utf8").includes(line)) appendFileSync(stateFile("network"), line);
  return 0;
}

function maskOf(prefix: number): string {
  const bits = prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0;
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join(".");
}

function prefixOf(mask: string): number {
  const bits = mask
    .split(".")
    .map((part) => Number(part).toString(2).padStart(8, "0"))
    .join("");
  return bits.indexOf("0") < 0 ? 32 : bits.indexOf("0");
}
