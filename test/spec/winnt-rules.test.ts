import { test } from "node:test";
import assert from "node:assert/strict";
import { timeZones } from "../../src/catalogue/time-zones.ts";
import { languages } from "../../src/catalogue/languages.ts";
import { winntTimeZone } from "../../src/unattend/winnt-sif-time-zones.ts";
import { faultsOf, type FaultRow, testFaults } from "./faults.ts";

const key = "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE";

function xp(title: string, windows: object, faults: readonly string[], rest?: object): FaultRow {
  return {
    title,
    windows: { release: "windows-xp", productKey: key, ...windows },
    faults,
    ...(rest === undefined ? {} : { rest }),
  };
}

testFaults([
  xp("XP with a key", {}, []),
  xp(
    "XP with German formats and keyboards",
    {
      timeZone: "W. Europe Standard Time",
      locale: { user: "de-DE", system: "de-DE", keyboards: ["de-DE", "0409:00000409"] },
      fullName: "Build, Inc.",
      commands: { firstLogon: ['echo "%PATH%"'] },
    },
    [],
  ),
  xp("XP without a key", { productKey: undefined }, [
    "windows.productKey: is required and missing: the Setup of Windows XP SP3 asks for a key, and no public one is known (Give the key of your medium.)",
  ]),
  xp("Server 2003 without a key", { release: "windows-server-2003-r2", productKey: undefined }, [
    "windows.productKey: is required and missing: the Setup of Windows Server 2003 R2 asks for a key, and no public one is known (Give the key of your medium.)",
  ]),
  xp(
    "XP with what only later Setups do",
    {
      image: { index: 1 },
      commands: { windowsPE: ["ver"], specialize: ["ver"] },
      extraSettings: [
        {
          component: "Microsoft-Windows-Shell-Setup",
          pass: "specialize",
          path: "ShowWindowsLive",
          value: false,
        },
      ],
    },
    [
      "windows.image: there is no install.wim for the Setup of Windows XP SP3 (Remove it: the medium holds one edition.)",
      "windows.commands.windowsPE: this pass does not exist in the Setup of Windows XP SP3 (Remove it; windows.commands.firstLogon runs at the first logon.)",
      "windows.commands.specialize: this pass does not exist in the Setup of Windows XP SP3 (Remove it; windows.commands.firstLogon runs at the first logon.)",
      "windows.extraSettings: settings of Autounattend.xml mean nothing to the Setup of Windows XP SP3 (Remove them: winnt.sif is another kind of file.)",
    ],
  ),
  xp("XP with a desktop", { desktop: true }, [
    "windows.desktop: no task of Windows XP SP3 can be sent to the console as it is needed, got true (Remove it, or take Windows 7, Server 2008 R2 or a later release.)",
  ]),
  xp(
    "XP with a disk of several partitions",
    {
      disk: { partitions: [{ type: "Primary", active: true, windows: true }] },
    },
    [
      "windows.disk: no layout can be given to the Setup of Windows XP SP3 (Remove it: Windows takes the whole first disk.)",
    ],
  ),
  xp(
    "XP of another language",
    { language: "de-DE", locale: { user: "de-DE", system: "de-DE", keyboards: ["de-DE"] } },
    [
      'windows.language: built-in accounts of Windows XP SP3 have translated names, got "de-DE"; allowed: en-US (Use an English medium; windows.locale sets formats and keyboards.)',
    ],
  ),
  xp("XP in a zone that is younger", { timeZone: "Kaliningrad Standard Time" }, [
    'windows.timeZone: Windows XP SP3 is older than this zone, got "Kaliningrad Standard Time" (Take a zone of the same offset that it has, such as UTC, or W. Europe Standard Time.)',
  ]),
  xp(
    "XP with texts that winnt.sif cannot hold",
    {
      fullName: 'Say "A"',
      organization: "100%",
      accounts: [{ name: "bob", password: "Pass-1", displayName: "Böb", description: "now!" }],
    },
    [
      'windows.fullName: has to be ASCII without " % ! and \\ for Windows XP SP3, got "Say \\"A\\""',
      'windows.organization: has to be ASCII without " % ! and \\ for Windows XP SP3, got "100%"',
      'windows.accounts[0].displayName: has to be ASCII without " % ! and \\ for Windows XP SP3, got "Böb"',
      'windows.accounts[0].description: has to be ASCII without " % ! and \\ for Windows XP SP3, got "now!"',
    ],
  ),
  xp("XP with an owner called Guest", { fullName: "Guest" }, [
    'windows.fullName: the Setup of Windows XP SP3 refuses an owner named like a built-in account, got "Guest"',
  ]),
]);

test("locales that need further language files are refused on XP, with those that do not", () => {
  const document = {
    name: "hello",
    windows: { release: "windows-xp", productKey: key, locale: { user: "ja-JP", keyboards: ["ar-SA"] } },
  };
  const faults = faultsOf(document);
  assert.equal(faults.length, 2);
  assert.match(faults[0] ?? "", /^windows\.locale\.user: .* got "ja-JP"; allowed: bg-BG, .*en-US/);
  assert.match(faults[1] ?? "", /^windows\.locale\.keyboards\[0\]: .* got "ar-SA"/);
});

test("none of this is asked of a later release", () => {
  const zone = timeZones.find((id) => winntTimeZone(id) === undefined);
  const windows = {
    release: "windows-10-22h2",
    timeZone: zone,
    language: languages[0],
    fullName: '100% "ä"',
  };
  assert.deepEqual(faultsOf({ name: "hello", windows }), []);
});
