import { z } from "zod";
import { languages } from "../catalogue/languages.ts";
import { releaseIds } from "../catalogue/release-ids.ts";
import { timeZones } from "../catalogue/time-zones.ts";
import type { ExtraValue } from "../unattend/settings.ts";
import { passes } from "../unattend/tree.ts";
import * as pattern from "./patterns.ts";

/** The part `windows` of a spec: what is installed, and how. Defaults that depend on the release are in the description and in plan/. */

const isoSchema = z
  .strictObject({
    name: pattern.isoName.describe("The ISO's file name in the Nix store; ends in .iso."),
    sha256: pattern.sha256.describe(
      "Its SHA-256 in hexadecimal, or as `sha256-…` (what `nix hash file` prints).",
    ),
    url: pattern.httpsUrl
      .optional()
      .describe(
        "Where Nix fetches it, such as the address of an evaluation ISO; https only. Default: it is not fetched, and has to be added (`casement media add`). In no hash: another address of the same file changes nothing.",
      ),
  })
  .describe("The install medium. Without it, `iso` has to be given to `casement.lib.load`.");

const localeSchema = z
  .strictObject({
    user: pattern.localeName.optional().describe("Formats of dates and numbers. Default: the language."),
    system: pattern.localeName
      .optional()
      .describe("Language of programs that are not Unicode. Default: the language."),
    keyboards: z
      .array(pattern.keyboard)
      .min(1)
      .max(16)
      .optional()
      .describe(
        "Keyboards, the first of them the default: a language, or language and layout as `0409:00000409`. Default: the language's usual one.",
      ),
  })
  .prefault({})
  .describe(
    "Formats and keyboards, where they differ from the medium's language. XP and Server 2003 have those of their medium only.",
  );

const accountSchema = z.strictObject({
  name: pattern.userName.describe("Its name."),
  password: pattern.password.describe("Not a secret: it stands in the generated files."),
  groups: z
    .array(pattern.groupName)
    .min(1)
    .max(16)
    .default(["Users"])
    .describe("Local groups by their English names, such as Administrators or Users."),
  displayName: pattern.displayName.optional().describe("Its full name. Default: the name."),
  description: pattern.displayName.default("casement").describe("What it is for."),
});

const partitionSchema = z.strictObject({
  type: z
    .enum(["Primary", "EFI", "MSR", "Extended", "Logical", "Recovery"])
    .describe("EFI and MSR are for uefi, Extended and Logical for bios."),
  sizeMB: z
    .int()
    .min(1)
    .max(2_000_000)
    .optional()
    .describe("Its size in MB. Default: all that is left, which only one may take, the last."),
  format: z
    .enum(["NTFS", "FAT32"])
    .optional()
    .describe("File system. Default: FAT32 for EFI, none for MSR and Extended, NTFS for the others."),
  label: pattern.volumeLabel.default("").describe("Volume label; FAT32 takes 11 characters."),
  letter: pattern.driveLetter.optional().describe("Drive letter. Default: C for Windows, none for others."),
  active: z.boolean().default(false).describe("What the BIOS starts (bios only, one)."),
  windows: z.boolean().default(false).describe("Windows goes here (one)."),
});

const driversSchema = z
  .strictObject({
    virtioWin: z
      .boolean()
      .default(false)
      .describe(
        "Puts the release's drivers of virtio-win on the bootstrap medium, for Setup and for Windows; `virtioWin` has to be given to `casement.lib.load`.",
      ),
    folders: z
      .array(pattern.fileName)
      .max(16)
      .default([])
      .describe("Names of further folders with drivers (.inf); `drivers.NAME` has to be given to `load`."),
  })
  .prefault({})
  .describe(
    "Drivers that the medium lacks. From Windows 7 on: the Setup of XP and Server 2003 takes none in folders.",
  );

const switchable = (what: string, default_ = false): z.ZodDefault<z.ZodBoolean> =>
  z.boolean().default(default_).describe(what);

const behaviourSchema = z
  .strictObject({
    firewall: switchable("Windows' firewall; where it is on, the SSH port is opened."),
    uac: switchable(
      "User Account Control, from Windows 7 on. Sessions of administrators are elevated with it, too.",
      true,
    ),
    updates: switchable("Windows Update looks for updates by itself."),
    defender: switchable("Defender scans. Windows 8.1 and later clients and Server 2016 and later have one."),
    hibernation: switchable("Hibernation and fast start-up."),
    sleep: switchable("Sleep after a time without input."),
    screenOff: switchable("The screen goes dark after a time without input."),
    telemetry: switchable("Customer experience programme, error reports and diagnostic data."),
    remoteDesktop: switchable("Remote Desktop listens, and the firewall lets it. Home editions have none."),
    timeSync: switchable("The time service sets the clock (it finds no server)."),
  })
  .prefault({})
  .describe(
    "What the installed Windows does by itself. Whatever is at work when the memory is frozen, is at work in every run, so the defaults make it quiet.",
  );

const command = pattern.command.describe("A command line.");

const commandsSchema = z
  .strictObject({
    windowsPE: z
      .array(command)
      .max(100)
      .default([])
      .describe(
        "In Setup, before it touches the disk; each of 259 characters at most, and a program and its arguments: what cmd has itself needs `cmd /c`. From Windows 7 on.",
      ),
    specialize: z
      .array(command)
      .max(100)
      .default([])
      .describe(
        "In the installed Windows as SYSTEM, before it has users; each as in `windowsPE`. From Windows 7 on.",
      ),
    firstLogon: z
      .array(command)
      .max(100)
      .default([])
      .describe(
        "Once, elevated, at the first logon, before Cygwin is installed. They become the lines of one batch file as they are: `%%` is a percent sign, another batch file needs `call`, and `%MEDIUM%\\files` is where `windows.files` stand.",
      ),
  })
  .prefault({})
  .describe(
    "Further commands, after casement's own. One of `firstLogon` that fails ends the installation; Setup goes on after one of the others (docs/assumptions.md, A8).",
  );

const fileSchema = z.strictObject({
  path: pattern.mediumPath.describe("Where it stands below `files` on the bootstrap medium."),
  source: pattern.sourcePath
    .optional()
    .describe(
      "A file, relative to the spec, copied byte for byte; 16 MiB at most, and 64 MiB all together. Either this or `text`.",
    ),
  text: pattern.fileText.optional().describe("Its content. Either this or `source`."),
});

const extraValue: z.ZodType<ExtraValue> = z.lazy(() =>
  z.union(
    [
      pattern.settingText,
      z.number(),
      z.boolean(),
      z.array(extraValue).max(500),
      z.record(pattern.settingName, extraValue),
    ],
    {
      error: pattern.allowed(
        "text, a number, true or false, a list of such values, or a mapping whose keys are names of settings",
      ),
    },
  ),
);

const extraSettingSchema = z.strictObject({
  component: pattern.componentName.describe("Such as Microsoft-Windows-Shell-Setup."),
  pass: z
    .enum(passes)
    .describe(
      "The configuration pass; an installation goes through windowsPE, offlineServicing, specialize and oobeSystem.",
    ),
  path: pattern.settingPath.describe("The setting below the component, such as `OOBE/HideEULAPage`."),
  value: extraValue.describe(
    "Text, number or boolean; a mapping for a group of settings; a list for list items, each a mapping (or a plain value). `keyValue` in an item is its `wcm:keyValue`; an `Order` that is left out goes on from the items before.",
  ),
});

export const windowsSchema = z
  .strictObject({
    release: z.enum(releaseIds).describe("The release of Windows that the medium holds."),
    architecture: z
      .enum(["x86", "amd64", "arm64"])
      .optional()
      .describe("The medium's architecture. Default: amd64, x86 for XP and Server 2003."),
    edition: z
      .string()
      .optional()
      .describe("The edition to install. Default: the release's first in docs/releases.md."),
    image: z
      .strictObject({
        index: z.int().min(1).max(99).optional().describe("Its number in the medium's install.wim, from 1."),
        name: pattern.imageName.optional().describe("Its name in the medium's install.wim."),
      })
      .optional()
      .describe(
        "Which image of install.wim is the edition: `index` or `name`. From Windows 7 on. Default: the edition's in docs/releases.md.",
      ),
    productKey: pattern.productKey
      .optional()
      .describe(
        "Selects the edition. Required for XP, Server 2003 and editions without a public key. Default: a public key that selects and does not activate; none for evaluation editions.",
      ),
    language: z
      .enum(languages)
      .default("en-US")
      .describe(
        "The medium's language; Setup asks when it is another one. For XP and Server 2003 en-US only.",
      ),
    locale: localeSchema,
    timeZone: z
      .enum(timeZones)
      .default("UTC")
      .describe("Windows' English id of the time zone (`tzutil /l`)."),
    computerName: pattern.computerName
      .optional()
      .describe("NetBIOS name of the guest. Default: made from `name`."),
    fullName: pattern.displayName.default("casement").describe("Registered owner."),
    organization: pattern.displayName.default("casement").describe("Registered organization."),
    administrator: z
      .strictObject({
        password: pattern.password.describe("Not a secret: it stands in the generated files."),
      })
      .optional()
      .describe(
        "The built-in Administrator. Default: off on clients; on servers, where it is always on, it gets the account's password.",
      ),
    accounts: z
      .array(accountSchema)
      .max(32)
      .default([])
      .describe("Local accounts beside `account`, which commands run as."),
    disk: z
      .strictObject({
        partitions: z
          .array(partitionSchema)
          .min(1)
          .max(32)
          .describe("In their order on the disk; EFI and MSR before Windows."),
      })
      .optional()
      .describe(
        "How the first disk is laid out; all that it held is gone. From Windows 7 on. Default: System Reserved and Windows for bios; EFI, MSR and Windows for uefi.",
      ),
    drivers: driversSchema,
    behaviour: behaviourSchema,
    desktop: z
      .boolean()
      .default(false)
      .describe(
        "Logs the account on at the console at every start, so that the frozen memory has its desktop. From Windows 7 on.",
      ),
    requirementBypass: z
      .boolean()
      .optional()
      .describe(
        "Setup does not check TPM, Secure Boot, memory, CPU and storage. For clients of Windows 11 only. Default: true for clients of Windows 11.",
      ),
    networkBypass: z
      .boolean()
      .optional()
      .describe(
        "The first start does not insist on a network. For clients of Windows 11 only. Default: true for clients of Windows 11.",
      ),
    commands: commandsSchema,
    files: z
      .array(fileSchema)
      .max(200)
      .default([])
      .describe(
        "Further files for the bootstrap medium, below `files` there; `windows.commands.firstLogon` finds them in `%MEDIUM%\\files`.",
      ),
    extraSettings: z
      .array(extraSettingSchema)
      .max(500)
      .default([])
      .describe(
        "Any setting of Microsoft's reference that has no field here, checked against the reference, merged with casement's own, and refused where it contradicts them. From Windows 7 on.",
      ),
    iso: isoSchema.optional(),
    evaluationExpires: pattern.date
      .optional()
      .describe("The day (YYYY-MM-DD) on which an evaluation edition ends; generate and runs warn after it."),
  })
  .describe("What to install.");
