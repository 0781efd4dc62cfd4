import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import * as fc from "fast-check";
import { SpecError } from "../../src/errors.ts";
import { importAnswerFile, type Imported, type ImportOptions } from "../../src/import/import-answer-file.ts";
import { renderSpec } from "../../src/import/render-spec.ts";
import { checkSpec } from "../../src/spec/check.ts";
import { parseYaml } from "../../src/spec/parse.ts";

const folder = new URL("files/", import.meta.url);

test("a file in the style of packer's gives a spec that does what it does", async () => {
  const { spec } = await importExample("packer-server-2022.xml");
  assert.deepEqual(spec, {
    name: "imported",
    windows: {
      release: "windows-server-2022",
      edition: "Datacenter",
      locale: { user: "de-DE", system: "de-DE", keyboards: ["0407:00000407"] },
      timeZone: "W. Europe Standard Time",
      computerName: "vagrant-2022",
      fullName: "Vagrant & Co",
      organization: "Vagrant",
      administrator: { password: "vagrant" },
      accounts: [{ name: "guest2", groups: ["Users", "Remote Desktop Users"], password: "Guest-2" }],
      disk: {
        partitions: [
          { type: "Primary", format: "NTFS", label: "Windows", letter: "C", active: true, windows: true },
        ],
      },
      drivers: { virtioWin: true },
      behaviour: { uac: false, remoteDesktop: true },
      commands: {
        specialize: ["cmd /c echo first", "cmd /c echo second"],
        firstLogon: [
          "cmd.exe /c powershell -File a:\\winrm.ps1 %COMPUTERNAME% 100%%",
          "cmd.exe /c for %%i in (1 2) do echo %%i",
        ],
      },
      extraSettings: [
        { component: "Microsoft-Windows-Shell-Setup", pass: "specialize", path: "CopyProfile", value: false },
        {
          component: "Microsoft-Windows-Shell-Setup",
          pass: "oobeSystem",
          path: "ShowWindowsLive",
          value: false,
        },
      ],
    },
    account: { user: "vagrant", password: "vagrant" },
  });
});

test("what a spec cannot say is listed with its place and its reason", async () => {
  const { leftovers } = await importExample("packer-server-2022.xml");
  const lines = leftovers.map(({ place, why }) => `${place}: ${why}`);
  for (const expected of [
    /^specialize\/Vendor-Agent: is not a component of Microsoft's reference/,
    /^DriverPaths A:\\printer: lies on the old medium: name a folder in windows\.drivers\.folders/,
    /a:\\winrm\.ps1 .*: is carried over, but names a file of the old medium: put it into windows\.files/,
    /OOBE\/ProtectYourPC: is "1", and casement sets it itself, to "3"/,
    /^LocalAccount vagrant: its full name and description/,
  ]) {
    assert.ok(
      lines.some((line) => expected.test(line)),
      `${expected} in\n${lines.join("\n")}`,
    );
  }
});

test("the spec that is printed is YAML, holds, and has what was left behind in comments above", async () => {
  const imported = await importExample("packer-server-2022.xml");
  const text = renderSpec(imported, "packer\u001b[31m.xml");
  assert.match(
    text,
    /^# Imported from packer.\[31m\.xml by casement import\.\n#\n# Not carried over, or only in part:\n# - /,
  );
  assert.ok(text.endsWith("\n"));
  const parsed = parseYaml(text);
  assert.deepEqual(parsed.value, imported.spec);
  assert.deepEqual(checkSpec(parsed.value).faults, []);
});

test("a Windows 11 file with index, bypasses and the Administrator's logon tells its release and what changes", async () => {
  const { spec, leftovers } = await importText(windows11);
  assert.equal(spec.windows.release, "windows-11-24h2");
  assert.equal(spec.windows.edition, undefined);
  assert.deepEqual(spec.windows.image, { index: 6 });
  assert.deepEqual(spec.windows.administrator, { password: "Admin-1" });
  assert.deepEqual(spec.windows.commands, undefined);
  assert.equal(spec.hardware, undefined);
  assert.match(
    leftovers.find(({ place }) => place === "AutoLogon")?.why ?? "",
    /logs on Administrator; casement logs on the account/,
  );
});

test("a key that casement does not know, and nothing else that tells the edition, is said", async () => {
  const key = (text: string) =>
    windows11.replace(/<InstallFrom>.*<\/InstallFrom>/s, "").replace("VK7JG-NPHTM-C97JM-9MPGT-3V66T", text);
  const about = async (text: string) =>
    (await importText(key(text))).leftovers.filter(({ place }) => place.endsWith("ProductKey"));
  assert.match((await about("CGK42-GYN6Y-VD22B-BX98W-J8JXD"))[0]?.why ?? "", /Pro is taken/);
  assert.deepEqual(await about("W269N-WFGWX-YVC9B-4J6C9-T83GX"), []);
});

test("the layout is that of the disk that Windows goes to, whatever its number, and tells the firmware", async () => {
  const disk = (id: number, type: string) =>
    `<Disk wcm:action="add"><DiskID>${id}</DiskID><WillWipeDisk>true</WillWipeDisk><CreatePartitions>
    <CreatePartition wcm:action="add"><Order>1</Order><Type>${type}</Type><Size>300</Size></CreatePartition>
    <CreatePartition wcm:action="add"><Order>2</Order><Type>Primary</Type><Extend>true</Extend></CreatePartition></CreatePartitions>
    <ModifyPartitions><ModifyPartition wcm:action="add"><Order>1</Order><PartitionID>1</PartitionID><Format>NTFS</Format></ModifyPartition>
    <ModifyPartition wcm:action="add"><Order>2</Order><PartitionID>2</PartitionID><Format>NTFS</Format></ModifyPartition></ModifyPartitions></Disk>`;
  const text = windows11.replace(
    "<ImageInstall><OSImage>",
    `<DiskConfiguration>${disk(0, "EFI")}${disk(2, "Primary")}</DiskConfiguration><ImageInstall><OSImage><InstallTo><DiskID>2</DiskID><PartitionID>2</PartitionID></InstallTo>`,
  );
  const { spec, leftovers } = await importText(text);
  assert.deepEqual(spec.hardware, { firmware: "bios" });
  assert.deepEqual(
    spec.windows.disk?.partitions.map(({ sizeMB, windows }) => [sizeMB, windows]),
    [
      [300, undefined],
      [undefined, true],
    ],
  );
  assert.deepEqual(
    leftovers.filter(({ place }) => place.startsWith("Disk")).map(({ place }) => place),
    ["Disk 0", "Disk 2"],
  );
});

test("a command that the spec's rules refuse is said to be left out, and not to be carried over, too", async () => {
  const command = String.raw`powershell D:\setup.ps1`;
  const list = `<RunSynchronous><RunSynchronousCommand wcm:action="add"><Order>1</Order><Path>${command}</Path></RunSynchronousCommand></RunSynchronous>`;
  const { spec, leftovers } = await importText(
    windows11.replace(
      '<settings pass="specialize">',
      `<settings pass="specialize">${component("amd64", list, "Microsoft-Windows-Deployment")}`,
    ),
  );
  assert.equal(spec.windows.commands?.specialize?.length ?? 0, 0);
  const about = leftovers.filter(({ place, why }) => `${place} ${why}`.includes("setup.ps1"));
  assert.deepEqual(
    about.map(({ place }) => place),
    ["windows.commands.specialize[0]"],
  );
});

test("where nobody logs on by himself, the first administrator is whom commands run as", async () => {
  const local = (name: string, group: string) =>
    `<LocalAccount wcm:action="add"><Name>${name}</Name><Group>${group}</Group><Password><Value>Pass-1</Value><PlainText>true</PlainText></Password></LocalAccount>`;
  const accounts = `<UserAccounts><LocalAccounts>${local("guest2", "Users")}${local("builder", "Users;Administrators")}</LocalAccounts></UserAccounts>`;
  const { spec } = await importText(windows11.replace(/<AutoLogon>.*<\/AutoLogon>/s, accounts));
  assert.deepEqual(spec.account, { user: "builder", password: "Pass-1" });
  assert.deepEqual(spec.windows.accounts, [{ name: "guest2", groups: ["Users"], password: "Pass-1" }]);
});

test("what the spec's own rules refuse is left out and said, and the spec holds", async () => {
  const hostile = windows11
    .replace("<TimeZone>UTC", "<TimeZone>Mars Standard Time")
    .replace("<ComputerName>PC", "<ComputerName>${x}")
    .replace("Admin-1", "with space");
  const { spec, leftovers } = await importText(hostile);
  assert.deepEqual(checkSpec(spec).faults, []);
  const places = leftovers.map(({ place }) => place);
  for (const place of ["windows.timeZone", "windows.computerName", "windows.administrator.password"])
    assert.ok(places.includes(place), `${place} in ${places.join(", ")}`);
});

const refused: readonly {
  title: string;
  bytes: Uint8Array | string;
  message: RegExp;
  options?: Partial<ImportOptions>;
}[] = [
  {
    title: "entities of its own, which could name files or grow without bound",
    bytes: '<!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/hostname">]><unattend>&x;</unattend>',
    message: /is not well-formed XML: .*document type declaration/,
  },
  { title: "XML that breaks off", bytes: "<unattend><settings>", message: /is not well-formed XML/ },
  { title: "another document", bytes: "<project/>", message: /its root has to be unattend, got project/ },
  {
    title: "a file for XP",
    bytes: "[Unattended]\r\nFullUnattended=1\r\n",
    message: /is not well-formed XML/,
  },
  {
    title: "nesting without end",
    bytes: `<unattend>${"<a>".repeat(50_000)}${"</a>".repeat(50_000)}</unattend>`,
    message: /is nested more deeply than 40 levels/,
  },
  {
    title: "a file larger than any",
    bytes: new Uint8Array(4 * 1024 * 1024 + 1),
    message: /is larger than any answer file, got 4194305 bytes; allowed: 4194304 bytes/,
  },
  { title: "bytes that are no UTF-8", bytes: Uint8Array.of(0x3c, 0xff, 0x80), message: /not UTF-8/ },
  {
    title: "a file that does not tell its Windows",
    bytes: '<unattend xmlns="urn:schemas-microsoft-com:unattend"/>',
    message: /does not say which Windows for amd64 it installs.*\n.*--release ID, one of windows-/,
  },
  {
    title: "a release that does not exist",
    bytes: "<unattend/>",
    options: { release: "windows-11-24h3" },
    message:
      /--release: is not a release that casement knows, got "windows-11-24h3".*\n.*Did you mean windows-11-24h2\?/,
  },
];

for (const { title, bytes, message, options } of refused) {
  test(`${title} is refused`, async () => {
    const content = typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes;
    await assert.rejects(importAnswerFile(content, "a.xml", { name: "imported", ...options }), (error) => {
      assert.ok(error instanceof SpecError, String(error));
      assert.match(error.message, message);
      return true;
    });
  });
}

for (const [title, encode] of [
  ["UTF-8 with a mark", (text: string) => Buffer.from(`\uFEFF${text}`)],
  ["UTF-16, little end first", (text: string) => Buffer.from(`\uFEFF${text}`, "utf16le")],
  ["UTF-16, big end first", (text: string) => Buffer.from(`\uFEFF${text}`, "utf16le").swap16()],
  ["UTF-16 without a mark", (text: string) => Buffer.from(text, "utf16le")],
] as const) {
  test(`${title} reads as plain UTF-8 does`, async () => {
    const text = windows11.replace('<?xml version="1.0" encoding="utf-8"?>', '<?xml version="1.0"?>');
    const imported = await importAnswerFile(encode(text), "a.xml", { name: "imported" });
    assert.deepEqual(imported, await importText(text));
  });
}

test("components of another architecture are said to be left behind", async () => {
  const both = windows11.replace(
    "</settings>",
    `${component("x86", "<ComputerName>OLD</ComputerName>")}</settings>`,
  );
  const { leftovers } = await importText(both);
  assert.ok(leftovers.some(({ place }) => place === "components for x86"));
});

test("a file with anything cut out, doubled or changed is imported into a spec that holds, or refused by name", async () => {
  const source = await readFile(new URL("packer-server-2022.xml", folder), "utf8");
  await fc.assert(
    fc.asyncProperty(
      fc.nat(source.length),
      fc.nat(400),
      fc.constantFrom("", "<x/>", "&", "%", "'", "\u0001", "<Order>1</Order>", "\u{1F600}"),
      async (at, length, put) => {
        const text = source.slice(0, at) + put + source.slice(at + length);
        try {
          const { spec } = await importText(text);
          assert.deepEqual(checkSpec(spec).faults, []);
        } catch (error) {
          assert.ok(error instanceof SpecError, String(error));
        }
      },
    ),
    { numRuns: 200 },
  );
});

async function importExample(name: string): Promise<Imported> {
  return importAnswerFile(await readFile(new URL(name, folder)), name, { name: "imported" });
}

async function importText(text: string): Promise<Imported> {
  return importAnswerFile(new TextEncoder().encode(text), "a.xml", { name: "imported" });
}

function component(architecture: string, settings: string, name = "Microsoft-Windows-Shell-Setup"): string {
  return `<component name="${name}" processorArchitecture="${architecture}" publicKeyToken="31bf3856ad364e35" language="neutral" versionScope="nonSxS">${settings}</component>`;
}

const labConfig = ["TPM", "SecureBoot", "RAM"]
  .map(
    (check, index) =>
      `<RunSynchronousCommand wcm:action="add"><Order>${index + 1}</Order><Path>cmd /c reg add "HKLM\\SYSTEM\\Setup\\LabConfig" /v "Bypass${check}Check" /t REG_DWORD /d 1 /f</Path></RunSynchronousCommand>`,
  )
  .join("");

const windows11 = `<?xml version="1.0" encoding="utf-8"?>
<unattend xmlns="urn:schemas-microsoft-com:unattend" xmlns:wcm="http://schemas.microsoft.com/WMIConfig/2002/State">
<!-- for 24H2 media -->
<settings pass="windowsPE">${component(
  "amd64",
  `<ImageInstall><OSImage><InstallFrom><MetaData wcm:action="add"><Key>/IMAGE/INDEX</Key><Value>6</Value></MetaData></InstallFrom></OSImage></ImageInstall>
  <RunSynchronous>${labConfig}</RunSynchronous>
  <UserData><ProductKey><Key>VK7JG-NPHTM-C97JM-9MPGT-3V66T</Key></ProductKey><AcceptEula>true</AcceptEula></UserData>`,
  "Microsoft-Windows-Setup",
)}</settings>
<settings pass="specialize">${component("amd64", "<ComputerName>PC</ComputerName><TimeZone>UTC</TimeZone>")}</settings>
<settings pass="oobeSystem">${component(
  "amd64",
  `<AutoLogon><Username>Administrator</Username><Enabled>true</Enabled><Password><Value>Admin-1</Value><PlainText>true</PlainText></Password></AutoLogon>`,
)}</settings>
</unattend>`;
