import type { XmlElement } from "../../unattend/xml-element.ts";

/** A partition as the answer file wants it; sizes in MB as Windows counts them (MiB). */
export interface WantedPartition {
  /** Primary, EFI, MSR, … */
  readonly type: string;
  /** undefined: all that is left. */
  readonly sizeMiB: number | undefined;
  readonly active: boolean;
  /** NTFS, FAT32; undefined: not formatted. */
  readonly format: string | undefined;
  readonly label: string;
  readonly letter: string | undefined;
  /** Another type than Windows' usual one: 0x27 on MBR, a GUID on GPT. */
  readonly typeId: string | undefined;
}

/** What Setup does while it runs from the medium. */
export interface SetupAnswers {
  readonly commands: readonly string[];
  readonly diskId: number;
  readonly partitions: readonly WantedPartition[];
  readonly image: { readonly key: string; readonly value: string };
  readonly installTo: { readonly diskId: number; readonly partitionId: number };
}

/** What happens in the installed system. */
export interface SystemAnswers {
  readonly computerName: string | undefined;
  readonly timeZone: string | undefined;
  readonly addresses: readonly { readonly identifier: string; readonly address: string }[];
  readonly specializeCommands: readonly string[];
  readonly accounts: readonly {
    readonly name: string;
    readonly password: string;
    readonly administrator: boolean;
  }[];
  readonly autoLogon: string | undefined;
  readonly firstLogonCommands: readonly string[];
}

/** Reads the windowsPE pass of an answer file that checkAnswerFile has found well. */
export function readSetupAnswers(document: XmlElement): SetupAnswers {
  const setup = component(document, "windowsPE", "Microsoft-Windows-Setup");
  const disk = at(setup, "DiskConfiguration/Disk");
  const created = ordered(all(disk, "CreatePartitions/CreatePartition"));
  const modified = all(disk, "ModifyPartitions/ModifyPartition");
  const metaData = at(setup, "ImageInstall/OSImage/InstallFrom/MetaData");
  const installTo = at(setup, "ImageInstall/OSImage/InstallTo");
  return {
    commands: commandsOf(setup, "RunSynchronous/RunSynchronousCommand", "Path"),
    diskId: Number(text(disk, "DiskID") ?? 0),
    partitions: created.map((create, index) => {
      const modify = modified.find((each) => Number(text(each, "PartitionID")) === index + 1);
      const size = text(create, "Size");
      return {
        type: text(create, "Type") ?? "Primary",
        sizeMiB: size === undefined ? undefined : Number(size),
        active: text(modify, "Active") === "true",
        format: text(modify, "Format")?.toUpperCase(),
        label: text(modify, "Label") ?? "",
        letter: text(modify, "Letter")?.toUpperCase(),
        typeId: text(modify, "TypeID"),
      };
    }),
    image: { key: (text(metaData, "Key") ?? "").toUpperCase(), value: text(metaData, "Value") ?? "" },
    installTo: {
      diskId: Number(text(installTo, "DiskID") ?? -1),
      partitionId: Number(text(installTo, "PartitionID") ?? -1),
    },
  };
}

/** Reads the passes specialize and oobeSystem. */
export function readSystemAnswers(document: XmlElement): SystemAnswers {
  const shell = component(document, "specialize", "Microsoft-Windows-Shell-Setup");
  const oobe = component(document, "oobeSystem", "Microsoft-Windows-Shell-Setup");
  const autoLogon = at(oobe, "AutoLogon");
  return {
    computerName: text(shell, "ComputerName"),
    timeZone: text(shell, "TimeZone"),
    addresses: all(
      component(document, "specialize", "Microsoft-Windows-TCPIP"),
      "Interfaces/Interface",
    ).flatMap((each) => {
      const address = at(each, "UnicastIpAddresses/IpAddress")?.text.trim();
      return address === undefined ? [] : [{ identifier: text(each, "Identifier") ?? "", address }];
    }),
    specializeCommands: commandsOf(
      component(document, "specialize", "Microsoft-Windows-Deployment"),
      "RunSynchronous/RunSynchronousCommand",
      "Path",
    ),
    accounts: all(oobe, "UserAccounts/LocalAccounts/LocalAccount").map((each) => ({
      name: text(each, "Name") ?? "",
      password: password(at(each, "Password")),
      administrator: (text(each, "Group") ?? "")
        .split(";")
        .some((group) => group.toLowerCase() === "administrators"),
    })),
    autoLogon:
      text(autoLogon, "Enabled") === "true" && text(autoLogon, "LogonCount") !== "0"
        ? text(autoLogon, "Username")
        : undefined,
    firstLogonCommands: commandsOf(oobe, "FirstLogonCommands/SynchronousCommand", "CommandLine"),
  };
}

/** base64 of UTF-16LE of the password and the element's name, unless it is plain text. */
function password(element: XmlElement | undefined): string {
  const value = text(element, "Value") ?? "";
  if (text(element, "PlainText") !== "false") return value;
  const decoded = Buffer.from(value, "base64").toString("utf16le");
  return decoded.endsWith("Password") ? decoded.slice(0, -"Password".length) : decoded;
}

function component(document: XmlElement, pass: string, name: string): XmlElement | undefined {
  return document.children
    .filter((settings) => settings.name === "settings" && settings.attributes["pass"] === pass)
    .flatMap((settings) => settings.children)
    .find((each) => each.attributes["name"]?.toLowerCase() === name.toLowerCase());
}

function all(element: XmlElement | undefined, path: string): XmlElement[] {
  let found = element === undefined ? [] : [element];
  for (const name of path.split("/")) {
    found = found.flatMap((each) =>
      each.children.filter((child) => child.name.toLowerCase() === name.toLowerCase()),
    );
  }
  return found;
}

function at(element: XmlElement | undefined, path: string): XmlElement | undefined {
  return all(element, path)[0];
}

function text(element: XmlElement | undefined, path: string): string | undefined {
  return at(element, path)?.text.trim();
}

function ordered(items: readonly XmlElement[]): XmlElement[] {
  return [...items].sort((a, b) => Number(text(a, "Order")) - Number(text(b, "Order")));
}

function commandsOf(element: XmlElement | undefined, path: string, name: string): string[] {
  return ordered(all(element, path)).map((each) => text(each, name) ?? "");
}
