import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkExtraSettings } from "../../src/unattend/check-extra-settings.ts";
import { mergeExtraSettings } from "../../src/unattend/extra-settings.ts";
import { parseXml } from "../../src/unattend/parse-xml.ts";
import { printAnswerFile } from "../../src/unattend/print.ts";
import { checkSettings } from "../../src/unattend/check-settings.ts";
import { findComponent } from "../../src/unattend/reference.ts";
import type { ExtraSetting, ExtraValue } from "../../src/unattend/settings.ts";
import { extra, shell } from "./extras.ts";

function faultsOf(...extras: ExtraSetting[]): string[] {
  return checkExtraSettings(extras).faults.map(({ index, at, message, hint }) => {
    const place = `[${index}].${at.join(".")}`;
    return `${place}: ${message}${hint === undefined ? "" : ` | ${hint}`}`;
  });
}

interface Row {
  readonly title: string;
  readonly extra: ExtraSetting;
  /** All faults, in order. */
  readonly want: readonly RegExp[];
}

const pe = "Microsoft-Windows-Setup";
const tcpip = "Microsoft-Windows-TCPIP";
const drivers = "Microsoft-Windows-PnpCustomizationsWinPE";
const command = "RunSynchronous/RunSynchronousCommand";
const deployment = "Microsoft-Windows-Deployment";

const rows: readonly Row[] = [
  {
    title: "an unknown component, with the nearest",
    extra: extra("Microsoft-Windows-Shell-Setip", "specialize", "TimeZone", "UTC"),
    want: [/^\[0\]\.component: is not a component .* \| Did you mean Microsoft-Windows-Shell-Setup\?$/],
  },
  {
    title: "an unknown component that is like none",
    extra: extra("Weather", "specialize", "TimeZone", "UTC"),
    want: [/^\[0\]\.component: is not a component .*got "Weather"$/],
  },
  {
    title: "a component in a pass that it is not valid in, with the right ones",
    extra: extra("Microsoft-Windows-LUA-Settings", "oobeSystem", "EnableLUA", true),
    want: [/^\[0\]\.pass: .*not valid in it, got "oobeSystem"; allowed: offlineServicing$/],
  },
  {
    title: "a setting in a pass that it is not valid in, with the right ones",
    extra: extra(shell, "oobeSystem", "ComputerName", "PC"),
    want: [/^\[0\]\.pass: ComputerName is not valid in pass oobeSystem; allowed: .*specialize$/],
  },
  {
    title: "a setting in a group that is not valid in the pass",
    extra: extra(shell, "specialize", "OOBE", { HideEULAPage: true }),
    want: [/OOBE is not valid in pass specialize; allowed: oobeSystem/, /HideEULAPage is not valid/],
  },
  {
    title: "an unknown setting, with the nearest and its whole path",
    extra: extra(shell, "oobeSystem", "OOBE/HideEULAPages", true),
    want: [
      /^\[0\]\.path: "HideEULAPages" is not a setting of .*OOBE .*\| Did you mean OOBE\/HideEULAPage\?$/,
    ],
  },
  {
    title: "an empty part of a path",
    extra: extra(shell, "oobeSystem", "OOBE//HideEULAPage", true),
    want: [/^\[0\]\.path: "" is not a setting/],
  },
  {
    title: "an unknown setting in a group",
    extra: extra(shell, "oobeSystem", "OOBE", { HideEULAPag: true }),
    want: [/^\[0\]\.value\.HideEULAPag: is not a setting of OOBE .*\| Did you mean HideEULAPage\?$/],
  },
  {
    title: "a path below a plain value",
    extra: extra(shell, "specialize", "TimeZone/Name", "UTC"),
    want: [/^\[0\]\.path: goes below TimeZone, which is a plain value/],
  },
  {
    title: "a path into the items of a list",
    extra: extra(shell, "oobeSystem", "UserAccounts/LocalAccounts/LocalAccount/Name", "x"),
    want: [
      /^\[0\]\.path: goes into the items of the list UserAccounts\/LocalAccounts\/LocalAccount, .*\| Set /,
    ],
  },
  {
    title: "a value that the enumeration lacks",
    extra: extra(shell, "oobeSystem", "OOBE/ProtectYourPC", 4),
    want: [/^\[0\]\.value: allowed: 1, 2, 3, got "4"$/],
  },
  {
    title: "a boolean that is none",
    extra: extra(shell, "oobeSystem", "OOBE/HideEULAPage", "yes"),
    want: [/^\[0\]\.value: allowed: true, false, got "yes"$/],
  },
  {
    title: "an integer that is none",
    extra: extra(shell, "oobeSystem", "AutoLogon/LogonCount", 1.5),
    want: [/^\[0\]\.value: a whole number, got "1.5"$/],
  },
  {
    title: "an integer out of range",
    extra: extra(deployment, "specialize", command, [{ Order: 501, Path: "x" }]),
    want: [/^\[0\]\.value\.0\.Order: a whole number from 1 to 500, got 501$/],
  },
  {
    title: "an over-long path",
    extra: extra(deployment, "specialize", command, [{ Path: "x".repeat(260) }]),
    want: [/^\[0\]\.value\.0\.Path: at most 259 characters, got 260/],
  },
  {
    title: "an over-long text",
    extra: extra("Microsoft-Windows-DNS-Client", "specialize", "DNSDomain", "x".repeat(256)),
    want: [/^\[0\]\.value: at most 255 characters, got 256/],
  },
  {
    title: "an empty value",
    extra: extra("Microsoft-Windows-DNS-Client", "specialize", "DNSDomain", ""),
    want: [/^\[0\]\.value: an empty element/],
  },
  {
    title: "characters that XML cannot hold",
    extra: extra(shell, "specialize", "RegisteredOwner", "a\u0000b"),
    want: [/^\[0\]\.value: XML: U\+0000 at position 1/],
  },
  {
    title: "a plain value where a group is",
    extra: extra(shell, "oobeSystem", "OOBE", true),
    want: [
      /^\[0\]\.value: OOBE is a group of settings; it has to be a mapping, got true \| Settings in it: /,
    ],
  },
  {
    title: "an empty group",
    extra: extra(shell, "oobeSystem", "OOBE", {}),
    want: [/^\[0\]\.value: a group without settings/],
  },
  {
    title: "a mapping where a plain value is",
    extra: extra(shell, "specialize", "TimeZone", { Name: "UTC" }),
    want: [/^\[0\]\.value: TimeZone is a plain value; it has to be text, got \{"Name":"UTC"\}$/],
  },
  {
    title: "a mapping where a list is",
    extra: extra(deployment, "specialize", command, { Path: "x" }),
    want: [/^\[0\]\.value: RunSynchronous.* is a list; it has to be a list of mappings, got \{"Path":"x"\}$/],
  },
  {
    title: "an empty list",
    extra: extra(deployment, "specialize", command, []),
    want: [/^\[0\]\.value: a list without items/],
  },
  {
    title: "a plain value where a list item is",
    extra: extra(deployment, "specialize", command, ["x"]),
    want: [/^\[0\]\.value\.0: .*is a group of settings; it has to be a mapping, got "x"/],
  },
  {
    title: "a setting twice, in two cases",
    extra: extra(shell, "oobeSystem", "OOBE", { HideEULAPage: true, hideeulapage: true }),
    want: [/^\[0\]\.value\.hideeulapage: stands there twice/],
  },
  {
    title: "an item that needs a key and has none",
    extra: extra(drivers, "windowsPE", "DriverPaths/PathAndCredentials", [{ Path: "E:\\x" }]),
    want: [/^\[0\]\.value\.0\.keyValue: .*needs keyValue, a name that no other item of the list has$/],
  },
  {
    title: "a key twice in a list",
    extra: extra(drivers, "windowsPE", "DriverPaths/PathAndCredentials", [
      { keyValue: "a", Path: "E:\\x" },
      { keyValue: "a", Path: "E:\\y" },
    ]),
    want: [/^\[0\]\.value\.1\.keyValue: another item of the list has this key, got "a"$/],
  },
  {
    title: "an empty key",
    extra: extra(drivers, "windowsPE", "DriverPaths/PathAndCredentials", [{ keyValue: "", Path: "E:\\x" }]),
    want: [/^\[0\]\.value\.0\.keyValue: has to be text, got ""$/],
  },
  {
    title: "a key on a list that has none",
    extra: extra(deployment, "specialize", command, [{ keyValue: "1", Path: "x" }]),
    want: [/^\[0\]\.value\.0\.keyValue: is not a setting of RunSynchronous/],
  },
  {
    title: "an item with a key and something else than its value",
    extra: extra(tcpip, "specialize", "Interfaces/Interface", [
      { Identifier: "x", UnicastIpAddresses: { IpAddress: [{ keyValue: "1", Address: "10.0.0.1/8" }] } },
    ]),
    want: [
      /^\[0\]\.value\.0\.UnicastIpAddresses\.IpAddress\.0: an item of .* is a value, or a mapping of keyValue/,
    ],
  },
  {
    title: "several faults at once",
    extra: extra(shell, "oobeSystem", "OOBE", { ProtectYourPC: 9, HideEulaPage: "no", Foo: 1 }),
    want: [/ProtectYourPC: allowed/, /HideEulaPage: allowed: true, false/, /Foo: is not a setting/],
  },
];

describe("checkExtraSettings", () => {
  for (const { title, extra: subject, want } of rows) {
    test(`refuses ${title}`, () => {
      const faults = faultsOf(subject);
      for (const [number, pattern] of want.entries()) assert.match(faults[number] ?? "nothing", pattern);
      assert.equal(faults.length, want.length, faults.join("\n"));
    });
  }

  test("reports the faults of all settings at once, each by its number", () => {
    const good = extra(shell, "specialize", "DisableAutoDaylightTimeSet", true);
    const faults = faultsOf(
      good,
      extra("X", "specialize", "Y", 1),
      good,
      extra(shell, "specialize", "Nothing", 1),
    );
    assert.deepEqual(
      faults.map((fault) => fault.split(":")[0]),
      ["[1].component", "[3].path"],
    );
  });

  test("gives names and values of lists in the reference's spelling, and children in the documented order", () => {
    const checked = checkExtraSettings([
      extra("microsoft-windows-shell-setup", "oobeSystem", "oobe/networklocation", "work"),
      extra(tcpip, "specialize", "interfaces/interface", [
        {
          unicastipaddresses: { ipaddress: ["10.0.0.1/8", { KEYVALUE: 7, value: "10.0.0.2/8" }] },
          identifier: "Ethernet",
          ipv4settings: { dhcpenabled: false },
        },
      ]),
    ]);
    assert.ok("extras" in checked, JSON.stringify(checked.faults));
    assert.deepEqual(checked.extras[0], extra(shell, "oobeSystem", "OOBE/NetworkLocation", "Work"));
    assert.equal(
      JSON.stringify(checked.extras[1]?.value),
      JSON.stringify([
        {
          Ipv4Settings: { DhcpEnabled: false },
          Identifier: "Ethernet",
          UnicastIpAddresses: { IpAddress: ["10.0.0.1/8", { keyValue: "7", value: "10.0.0.2/8" }] },
        },
      ]),
    );
    assert.equal(checked.extras[1]?.path, "Interfaces/Interface");
  });

  const good: readonly (readonly [string, ExtraSetting])[] = [
    ["a plain value", extra(shell, "specialize", "RegisteredOwner", "Zoë")],
    ["a number for text", extra(shell, "specialize", "RegisteredOwner", 42)],
    ["text for a number", extra(shell, "oobeSystem", "AutoLogon/LogonCount", "1")],
    ["a group", extra(shell, "oobeSystem", "OOBE", { HideEULAPage: true, ProtectYourPC: 3 })],
    ["a group in a group", extra(shell, "oobeSystem", "UserAccounts", { AdministratorPassword: secret() })],
    [
      "list items",
      extra(deployment, "specialize", command, [{ Path: "a" }, { Path: "b", Description: "c" }]),
    ],
    [
      "list items with keys",
      extra(drivers, "windowsPE", "DriverPaths/PathAndCredentials", [{ keyValue: "mine", Path: "E:\\x" }]),
    ],
    [
      "lists of values",
      extra("Microsoft-Windows-DNS-Client", "specialize", "DNSSuffixSearchOrder/DomainName", ["a"]),
    ],
    [
      "lists in lists",
      extra(pe, "windowsPE", "DiskConfiguration/Disk", [
        { DiskID: 1, CreatePartitions: { CreatePartition: [{ Type: "Primary", Extend: true }] } },
      ]),
    ],
    [
      "a pass that an installation does not go through",
      extra(deployment, "auditUser", command, [{ Path: "a" }]),
    ],
  ];
  for (const [title, subject] of good) {
    test(`takes ${title}, and what comes of it holds by the reference`, () => {
      const checked = checkExtraSettings([subject]);
      assert.ok("extras" in checked, JSON.stringify(checked.faults));
      const document = parseXml(printAnswerFile("amd64", mergeExtraSettings([], checked.extras)));
      const element = document.children[0]?.children[0];
      const component = findComponent(subject.component);
      assert.ok(element !== undefined && component !== undefined);
      assert.deepEqual(checkSettings(element, { component, pass: subject.pass, path: "" }), []);
    });
  }
});

function secret(): ExtraValue {
  return { Value: "QQA=", PlainText: false };
}
