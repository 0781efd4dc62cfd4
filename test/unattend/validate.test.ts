import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Issue } from "../../src/errors.ts";
import { renderAnswerFile } from "../../src/unattend/answer-file.ts";
import { parseXml } from "../../src/unattend/parse-xml.ts";
import { checkAnswerFile } from "../../src/unattend/validate.ts";
import { answerSettings } from "./answer-settings.ts";

type Firmware = "bios" | "uefi";

function check(firmware: Firmware, change: (xml: string) => string, target: Firmware = firmware): Issue[] {
  const whole = renderAnswerFile(answerSettings({ firmware }));
  const changed = change(whole);
  return checkAnswerFile(parseXml(changed), {
    firmware: target,
    architecture: "amd64",
    family: "11",
    product: "client",
  });
}

interface Mutation {
  readonly title: string;
  readonly firmware?: Firmware;
  readonly from: string | RegExp;
  readonly to: string;
  /** All issues, as `path: message | hint`. */
  readonly want: readonly RegExp[];
}

const shell = "Microsoft-Windows-Shell-Setup";
const createEfi = '<CreatePartition wcm:action="add">';

const names: readonly Mutation[] = [
  {
    title: "an unknown component, with the nearest known one",
    from: 'name="Microsoft-Windows-SQMAPI"',
    to: 'name="Microsoft-Windows-SQMAPY"',
    want: [
      /^specialize\/Microsoft-Windows-SQMAPY: not a known component.*Did you mean Microsoft-Windows-SQMAPI\?/,
    ],
  },
  {
    title: "an unknown setting, with the nearest known one",
    from: /TimeZone>/g,
    to: "TimeZon>",
    want: [
      /^specialize\/Microsoft-Windows-Shell-Setup\/TimeZon: not a known setting.*Did you mean TimeZone\?/,
    ],
  },
  {
    title: "an unknown setting that is like nothing",
    from: "<TimeZone>UTC</TimeZone>",
    to: "<Weather>sun</Weather>",
    want: [/Shell-Setup\/Weather: not a known setting, got "Weather"$/],
  },
  {
    title: "a setting that is known one level up only",
    from: "<ProtectYourPC>3</ProtectYourPC>",
    to: "<ProtectYourPC>3</ProtectYourPC><TimeZone>UTC</TimeZone>",
    want: [/OOBE\/TimeZone: not a known setting/],
  },
  {
    title: "a component in a wrong pass, with the right ones",
    from: /<component name="Microsoft-Windows-International-Core"/,
    to: '<component name="Microsoft-Windows-International-Core-WinPE"',
    want: [
      /^oobeSystem\/Microsoft-Windows-International-Core-WinPE: .*not valid in pass oobeSystem; allowed: windowsPE$/,
    ],
  },
  {
    title: "a setting in a wrong pass, with the right ones",
    from: "<AutoLogon>",
    to: "<ComputerName>PC</ComputerName><AutoLogon>",
    want: [
      /^oobeSystem\/.*ComputerName: .*not valid in pass oobeSystem; allowed: offlineServicing, specialize$/,
    ],
  },
  {
    title: "a component twice in a pass",
    from: 'name="Microsoft-Windows-SQMAPI"',
    to: 'name="Microsoft-Windows-ErrorReportingCore"',
    want: [/CEIPEnabled: not a known setting/, /ErrorReportingCore: the component stands twice/],
  },
  {
    title: "an unknown pass",
    from: 'pass="specialize"',
    to: 'pass="specialise"',
    want: [/^settings\[specialise\]: not a configuration pass.*allowed: windowsPE, .*oobeSystem$/],
  },
  {
    title: "another architecture, which Setup skips silently",
    from: 'name="Microsoft-Windows-SQMAPI" processorArchitecture="amd64"',
    to: 'name="Microsoft-Windows-SQMAPI" processorArchitecture="x86"',
    want: [/SQMAPI: processorArchitecture has to be "amd64", got "x86"/],
  },
  {
    title: "a wrong public key token",
    from: 'name="Microsoft-Windows-SQMAPI" processorArchitecture="amd64" publicKeyToken="31bf3856ad364e35"',
    to: 'name="Microsoft-Windows-SQMAPI" processorArchitecture="amd64"',
    want: [/SQMAPI: publicKeyToken has to be "31bf3856ad364e35", got nothing/],
  },
  {
    title: "another namespace",
    from: 'xmlns="urn:schemas-microsoft-com:unattend"',
    to: 'xmlns="urn:schemas-microsoft-com:attend"',
    want: [/^unattend: xmlns has to be/],
  },
];

const values: readonly Mutation[] = [
  {
    title: "a value that the list lacks",
    from: "<ProtectYourPC>3<",
    to: "<ProtectYourPC>4<",
    want: [/OOBE\/ProtectYourPC: allowed: 1, 2, 3, got "4"/],
  },
  {
    title: "a boolean that is none",
    from: "<DhcpEnabled>false<",
    to: "<DhcpEnabled>no<",
    want: [/DhcpEnabled: allowed: true, false, got "no"/],
  },
  {
    title: "a number that is none",
    from: "<LogonCount>1<",
    to: "<LogonCount>one<",
    want: [/LogonCount: a whole number, got "one"/],
  },
  {
    title: "a number out of range",
    from: /<Order>1<(?=\/Order>\s*<\/SynchronousCommand>)/,
    to: "<Order>501<",
    want: [/Order: a whole number from 1 to 500, got 501/],
  },
  {
    title: "a Path of 260 characters in specialize",
    from: "<Path>reg add HKLM\\SYSTEM\\CurrentControlSet\\Control\\Network\\NewNetworkWindowOff /f<",
    to: `<Path>${"x".repeat(260)}<`,
    want: [/^specialize\/.*Path: at most 259 characters, got 260/],
  },
  {
    title: "a Path of 260 characters in windowsPE",
    from: /<Path>[^<]*BypassTPMCheck[^<]*</,
    to: `<Path>${"x".repeat(260)}<`,
    want: [/^windowsPE\/.*Path: at most 259 characters, got 260/],
  },
  {
    title: "a first-logon command line of 1025 characters",
    from: /<CommandLine>[^<]*</,
    to: `<CommandLine>${"x".repeat(1025)}<`,
    want: [/CommandLine: at most 1024 characters, got 1025/],
  },
  {
    title: "an empty element",
    from: "<Organization>Example<",
    to: "<Organization><",
    want: [/Organization: an empty element; leave it out/],
  },
  {
    title: "an empty group",
    from: /<Ipv4Settings>.*<\/Ipv4Settings>/s,
    to: "<Ipv4Settings/>",
    want: [/Ipv4Settings: an empty element/],
  },
  {
    title: "text beside settings",
    from: "<OOBE>",
    to: "<OOBE>hello",
    want: [/OOBE: text beside settings, got "hello"/],
  },
  {
    title: "a setting inside a plain value",
    from: "<TimeZone>UTC<",
    to: "<TimeZone><Name>UTC</Name><",
    want: [/TimeZone\/Name: a setting inside a plain value/, /TimeZone: an empty element/],
  },
  {
    title: "a setting twice",
    from: "<TimeZone>UTC</TimeZone>",
    to: "<TimeZone>UTC</TimeZone><TimeZone>UTC</TimeZone>",
    want: [/TimeZone: stands 2 times/],
  },
  {
    title: "a computer name over 15 characters",
    from: "<ComputerName>CASEMENT<",
    to: "<ComputerName>CASEMENT-CASEMENT<",
    want: [/ComputerName: at most 15 characters, got 17/],
  },
  {
    title: "a computer name with a space",
    from: "<ComputerName>CASEMENT<",
    to: "<ComputerName>CASE MENT<",
    want: [/ComputerName: no white space/],
  },
  {
    title: "a computer name of digits",
    from: "<ComputerName>CASEMENT<",
    to: "<ComputerName>123<",
    want: [/ComputerName: not only digits/],
  },
];

const lists: readonly Mutation[] = [
  {
    title: "an item of a list without wcm:action",
    from: '<LocalAccount wcm:action="add">',
    to: "<LocalAccount>",
    want: [/LocalAccount: an item of a list without wcm:action="add"/],
  },
  {
    title: "wcm:action on a plain setting",
    from: "<OOBE>",
    to: '<OOBE wcm:action="add">',
    want: [/OOBE: wcm:action on a setting that is not an item of a list/],
  },
  {
    title: "an unknown wcm:action",
    from: '<LocalAccount wcm:action="add">',
    to: '<LocalAccount wcm:action="insert">',
    want: [/LocalAccount: wcm:action has to be add, modify or remove, got "insert"/],
  },
  {
    title: "an item with a key without the key",
    from: ' wcm:keyValue="1"',
    to: "",
    want: [/IpAddress: an item with a key without wcm:keyValue/],
  },
  {
    title: "a key twice in a list",
    from: "</IpAddress>",
    to: '</IpAddress><IpAddress wcm:action="add" wcm:keyValue="1">10.0.0.1/8</IpAddress>',
    want: [/IpAddress: wcm:keyValue "1" stands twice/],
  },
  {
    title: "a number twice among commands",
    from: "<Order>2</Order>\r\n          <Path>reg add HKLM\\SOFTWARE",
    to: "<Order>1</Order>\r\n          <Path>reg add HKLM\\SOFTWARE",
    want: [/RunSynchronousCommand: every item needs an Order of its own, got 1, 1, 3/],
  },
  {
    title: "a gap in the order of partitions",
    from: "<Order>3</Order>\r\n              <Type>",
    to: "<Order>4</Order>\r\n              <Type>",
    want: [/CreatePartition: Order has to run from 1 to 3 without gaps, got 1, 2, 4/],
  },
  {
    title: "an item without Order",
    from: "<Order>7</Order>\r\n          <Path>cmd",
    to: "<Path>cmd",
    want: [/RunSynchronousCommand: every item needs an Order of its own, got .*nothing/],
  },
  {
    title: "children in another order than documented",
    from: /(<Ipv4Settings>.*<\/Ipv4Settings>)(\s*)(<Identifier>[^<]*<\/Identifier>)/s,
    to: "$3$2$1",
    want: [/Interface: children have to stand in the order Ipv4Settings, .*got Identifier, Ipv4Settings/],
  },
];

const disks: readonly Mutation[] = [
  {
    title: "Size and Extend of one partition",
    from: "<Extend>true</Extend>",
    to: "<Extend>true</Extend><Size>100</Size>",
    want: [/CreatePartition\[3\]: either Size or Extend, got both/],
  },
  {
    title: "neither Size nor Extend",
    from: "<Size>260</Size>",
    to: "",
    want: [/CreatePartition\[1\]: Size or Extend is missing/],
  },
  {
    title: "a size of nothing",
    from: "<Size>16<",
    to: "<Size>0<",
    want: [/CreatePartition\[2\]: Size is MB and at least 1, got 0/],
  },
  {
    title: "a partition behind the one that takes the rest",
    from: "<Size>260</Size>",
    to: "<Extend>true</Extend>",
    want: [/CreatePartition\[1\]: Extend takes the rest of the disk/],
  },
  {
    title: "an EFI partition under BIOS",
    firmware: "bios",
    from: "<Size>500</Size>\r\n              <Type>Primary<",
    to: "<Size>500</Size>\r\n              <Type>EFI<",
    want: [
      /CreatePartition\[1\]: EFI partitions need UEFI/,
      /ModifyPartition\[1\]: an EFI partition is FAT32, got NTFS/,
    ],
  },
  {
    title: "no active partition under BIOS",
    firmware: "bios",
    from: "<Active>true</Active>",
    to: "",
    want: [/ModifyPartitions: no partition is Active/],
  },
  {
    title: "an active partition under UEFI",
    from: "<Format>FAT32</Format>",
    to: "<Active>true</Active><Format>FAT32</Format>",
    want: [/ModifyPartitions: Active is for BIOS disks/],
  },
  {
    title: "a logical partition under UEFI",
    from: "<Type>MSR<",
    to: "<Type>Logical<",
    want: [/CreatePartition\[2\]: logical partitions need BIOS/],
  },
  {
    title: "no EFI partition under UEFI",
    from: "<Type>EFI<",
    to: "<Type>Primary<",
    want: [/CreatePartitions: no EFI partition/],
  },
  {
    title: "an EFI partition that is too small",
    from: "<Size>260<",
    to: "<Size>50<",
    want: [/CreatePartition\[1\]: 100 MB or more, got 50/],
  },
  {
    title: "an EFI partition with NTFS",
    from: "<Format>FAT32<",
    to: "<Format>NTFS<",
    want: [/ModifyPartition\[1\]: an EFI partition is FAT32, got NTFS/],
  },
  {
    title: "a formatted MSR partition",
    from: "<PartitionID>1</PartitionID>\r\n            </ModifyPartition>",
    to: "<PartitionID>2</PartitionID>\r\n            </ModifyPartition>",
    want: [/ModifyPartition\[2\]: an MSR partition cannot be formatted/],
  },
  {
    title: "a modified partition that is not made",
    from: "<PartitionID>1</PartitionID>",
    to: "<PartitionID>4</PartitionID>",
    want: [/ModifyPartition: PartitionID names no partition of the disk, got 4/],
  },
  {
    title: "Windows on the MSR partition",
    from: /<PartitionID>3<\/PartitionID>(\s*<\/InstallTo>)/,
    to: "<PartitionID>2</PartitionID>$1",
    want: [/InstallTo: partition 2 is MSR; Windows needs a primary one/],
  },
  {
    title: "Windows on a partition that is not made",
    from: /<PartitionID>3<\/PartitionID>(\s*<\/InstallTo>)/,
    to: "<PartitionID>5</PartitionID>$1",
    want: [/InstallTo: PartitionID names no partition of the disk, got 5/],
  },
  {
    title: "Windows on a disk that is not configured",
    from: /<DiskID>0<\/DiskID>(\s*<PartitionID>3<)/,
    to: "<DiskID>1</DiskID>$1",
    want: [/InstallTo: DiskID names no configured disk, got 1/],
  },
];

const questions: readonly Mutation[] = [
  {
    title: "a missing AcceptEula",
    from: "<AcceptEula>true</AcceptEula>",
    to: "",
    want: [/UserData\/AcceptEula: missing; Setup shows the licence/],
  },
  {
    title: "a refused licence",
    from: "<AcceptEula>true<",
    to: "<AcceptEula>false<",
    want: [/UserData\/AcceptEula: has to be true, got false/],
  },
  {
    title: "a missing ProtectYourPC",
    from: "<ProtectYourPC>3</ProtectYourPC>",
    to: "",
    want: [/OOBE\/ProtectYourPC: missing/],
  },
  {
    title: "two first-logon commands",
    from: "</SynchronousCommand>",
    to: '</SynchronousCommand><SynchronousCommand wcm:action="add"><CommandLine>x</CommandLine><Order>2</Order></SynchronousCommand>',
    want: [/FirstLogonCommands: one command at most.*got 2/],
  },
  {
    title: "an automatic logon of somebody else",
    from: "<Username>build<",
    to: "<Username>nobody<",
    want: [/AutoLogon\/Username: not one of the accounts, got "nobody"; accounts: build/],
  },
  {
    title: "a missing language of Setup",
    from: /<SetupUILanguage>.*<\/SetupUILanguage>/s,
    to: "",
    want: [/SetupUILanguage\/UILanguage: missing/],
  },
];

describe("checkAnswerFile", () => {
  for (const { title, firmware = "uefi", from, to, want } of [
    ...names,
    ...values,
    ...lists,
    ...disks,
    ...questions,
  ]) {
    test(`finds ${title}, and nothing else`, () => {
      const issues = check(firmware, (xml) => {
        const changed = xml.replace(from, to);
        assert.ok(changed !== xml, "the mutation has to change the file");
        return changed;
      });
      const lines = issues.map(
        ({ path, message, hint }) => `${path}: ${message}${hint === undefined ? "" : ` | ${hint}`}`,
      );
      for (const pattern of want)
        assert.ok(
          lines.some((line) => pattern.test(line)),
          `${String(pattern)} in\n${lines.join("\n")}`,
        );
      assert.equal(lines.length, want.length, lines.join("\n"));
    });
  }

  test("finds a layout that is for the other firmware", () => {
    const onBios = check("uefi", (xml) => xml, "bios").map(({ message }) => message);
    assert.ok(onBios.some((message) => message.startsWith("EFI partitions need UEFI")));
    assert.ok(onBios.some((message) => message.startsWith("MSR partitions need UEFI")));
    const onUefi = check("bios", (xml) => xml, "uefi").map(({ message }) => message);
    assert.ok(onUefi.some((message) => message.startsWith("no EFI partition")));
  });

  test("asks for windowsPE, without which Setup ignores specialize", () => {
    const issues = check("uefi", (xml) => xml.replace(/<settings pass="windowsPE">.*?<\/settings>/s, ""));
    assert.ok(issues.some(({ path, message }) => path === "windowsPE" && message.includes("missing")));
  });

  test("compares names and values without case, as Windows does", () => {
    const issues = check("uefi", (xml) =>
      xml.replace(`"${shell}"`, `"${shell.toLowerCase()}"`).replace("<Type>EFI<", "<Type>efi<"),
    );
    assert.deepEqual(issues, []);
  });

  test("asks only the disk that Windows goes to for what the firmware starts from", () => {
    const second =
      '<Disk wcm:action="add"><DiskID>1</DiskID><WillWipeDisk>true</WillWipeDisk><CreatePartitions>' +
      '<CreatePartition wcm:action="add"><Order>1</Order><Extend>true</Extend><Type>Primary</Type></CreatePartition>' +
      "</CreatePartitions></Disk>";
    for (const firmware of ["bios", "uefi"] as const) {
      assert.deepEqual(
        check(firmware, (xml) => xml.replace("</Disk>", `</Disk>${second}`)),
        [],
      );
    }
  });

  test("takes list items in any order of the file", () => {
    const issues = check("uefi", (xml) => {
      const items = xml.match(/<CreatePartition .*?<\/CreatePartition>/gs) ?? [];
      assert.equal(items.length, 3);
      assert.ok(xml.includes(createEfi));
      return xml.replace(
        /<CreatePartitions>.*<\/CreatePartitions>/s,
        `<CreatePartitions>${items.toReversed().join("")}</CreatePartitions>`,
      );
    });
    assert.deepEqual(issues, []);
  });

  test("says so of a document that is no answer file", () => {
    const target = { firmware: "bios", architecture: "amd64", family: "11", product: "client" } as const;
    assert.deepEqual(checkAnswerFile(parseXml("<html/>"), target), [
      { path: "", message: "the root has to be unattend, got html" },
    ]);
  });
});
