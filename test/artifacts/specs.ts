import * as fc from "fast-check";
import { languages } from "../../src/catalogue/languages.ts";
import { localGroups } from "../../src/catalogue/local-groups.ts";
import type { Firmware, Platform } from "../../src/catalogue/release.ts";
import { type ReleaseId, releaseIds } from "../../src/catalogue/release-ids.ts";
import { findRelease } from "../../src/catalogue/releases.ts";
import { timeZones } from "../../src/catalogue/time-zones.ts";
import type { SpecInput } from "../../src/spec/schema.ts";
import { winntTimeZone } from "../../src/unattend/winnt-sif-time-zones.ts";

type WindowsInput = SpecInput["windows"];

/** Specs that the schema takes; the rules between fields may still refuse some. */
export const arbitrarySpec: fc.Arbitrary<SpecInput> = fc
  .constantFrom(...releaseIds.flatMap(platformsOf))
  .chain(([release, platform]) =>
    fc.constantFrom(...platform.firmwares).chain((firmware) =>
      fc.record(
        {
          name: fc.stringMatching(/^[a-z][a-z0-9-]{0,30}[a-z0-9]$/),
          windows: arbitraryWindows(release, platform, firmware),
          hardware: arbitraryHardware(platform, firmware),
          account: fc.record({ user: userName(), password: password() }, { requiredKeys: [] }),
          cygwin: fc.record({
            packages: fc.array(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.+-]{0,20}$/), { maxLength: 5 }),
          }),
          nix: fc.record({
            requiredSystemFeatures: fc.uniqueArray(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._+-]{3,20}$/), {
              maxLength: 3,
            }),
          }),
        },
        { requiredKeys: ["name", "windows", "hardware"] },
      ),
    ),
  );

function platformsOf(id: ReleaseId): [ReleaseId, Platform][] {
  return (findRelease(id)?.platforms ?? []).map((platform) => [id, platform]);
}

function arbitraryHardware(
  platform: Platform,
  firmware: Firmware,
): fc.Arbitrary<NonNullable<SpecInput["hardware"]>> {
  return fc.record(
    {
      firmware: fc.constant(firmware),
      accelerator: fc.constantFrom("kvm" as const, "tcg" as const),
      vcpus: fc.integer({ min: 1, max: 64 }),
      memoryMiB: fc.integer({
        min: platform.memory.minimumMiB,
        max: platform.memory.maximumMiB ?? 65_536,
      }),
      diskGiB: fc.integer({ min: Math.max(64, platform.disk.minimumGiB), max: 2000 }),
    },
    { requiredKeys: ["firmware"] },
  );
}

function arbitraryWindows(
  release: ReleaseId,
  platform: Platform,
  firmware: Firmware,
): fc.Arbitrary<WindowsInput> {
  const key = fc.stringMatching(/^[A-Z0-9]{5}(-[A-Z0-9]{5}){4}$/);
  const everywhere = {
    release: fc.constant(release),
    architecture: fc.constant(platform.architecture),
    language: fc.constantFrom(...languages),
    timeZone: fc.constantFrom(...timeZones),
    fullName: printable(),
    organization: printable(),
    computerName: fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,13}[A-Za-z0-9]$/),
    administrator: fc.record({ password: password() }),
    files: arbitraryFiles(),
  };
  // Its answer file is of another kind, and knows less.
  if (findRelease(release)?.family === "xp") {
    return fc.record(
      {
        ...everywhere,
        productKey: key,
        language: fc.constant("en-US" as const),
        timeZone: fc.constantFrom(...timeZones.filter((id) => winntTimeZone(id) !== undefined)),
        fullName: ascii(),
        organization: ascii(),
        behaviour: arbitraryBehaviour().map((behaviour) => ({ ...behaviour, uac: true })),
        commands: fc.record({ firstLogon: fc.array(batchLine(), { maxLength: 3 }) }),
      },
      { requiredKeys: ["release", "architecture", "productKey"] },
    );
  }
  return fc.record(
    {
      ...everywhere,
      image: fc.oneof(
        fc.record({ index: fc.integer({ min: 1, max: 99 }) }),
        fc.record({ name: printable() }),
      ),
      productKey: key,
      locale: fc.record(
        {
          user: fc.constantFrom(...languages),
          system: fc.constantFrom(...languages),
          keyboards: fc.uniqueArray(fc.constantFrom("0409:00000409", "0407:00000407", "de-DE", "en-US"), {
            minLength: 1,
          }),
        },
        { requiredKeys: [] },
      ),
      accounts: arbitraryAccounts(),
      disk: arbitraryDisk(firmware),
      drivers: fc.record({
        // The medium for arm64 has no driver for any network adapter.
        virtioWin: platform.architecture === "arm64" ? fc.constant(true) : fc.boolean(),
        folders: fc.uniqueArray(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._+-]{0,10}$/), { maxLength: 3 }),
      }),
      behaviour: arbitraryBehaviour(),
      extraSettings: arbitraryExtras(),
      commands: fc.record(
        {
          windowsPE: fc.array(command(), { maxLength: 3 }),
          specialize: fc.array(command(), { maxLength: 3 }),
          firstLogon: fc.array(batchLine(), { maxLength: 3 }),
        },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: ["release", "architecture", "productKey", "drivers"] },
  );
}

function arbitraryAccounts(): fc.Arbitrary<NonNullable<WindowsInput["accounts"]>> {
  const groups = localGroups.filter(({ since }) => since === "xp").map(({ name }) => name);
  return fc.uniqueArray(
    fc.record(
      {
        name: userName(),
        password: password(),
        groups: fc.uniqueArray(fc.constantFrom(...groups), { minLength: 1 }),
        displayName: printable(),
        description: printable(),
      },
      { requiredKeys: ["name", "password"] },
    ),
    { maxLength: 3, selector: ({ name }) => name.toLowerCase() },
  );
}

function arbitraryBehaviour(): fc.Arbitrary<NonNullable<WindowsInput["behaviour"]>> {
  const names = [
    "firewall",
    "uac",
    "updates",
    "hibernation",
    "sleep",
    "screenOff",
    "telemetry",
    "timeSync",
  ] as const;
  return fc.record(Object.fromEntries(names.map((name) => [name, fc.boolean()])), { requiredKeys: [] });
}

/** Settings of the reference that no release lacks and casement does not emit. */
function arbitraryExtras(): fc.Arbitrary<NonNullable<WindowsInput["extraSettings"]>> {
  const shell = "Microsoft-Windows-Shell-Setup";
  const text = fc.stringMatching(/^[A-Za-z0-9&<>"' ]{0,30}[A-Za-z0-9]$/).map((value) => value.trim());
  return fc
    .record(
      { Manufacturer: text, Model: text, SupportHours: text },
      { requiredKeys: [], noNullPrototype: true },
    )
    .map((settings) =>
      Object.entries(settings).map(([name, value]) => ({
        component: shell,
        pass: "specialize" as const,
        path: `OEMInformation/${name}`,
        value,
      })),
    );
}

function arbitraryFiles(): fc.Arbitrary<NonNullable<WindowsInput["files"]>> {
  return fc.uniqueArray(
    fc.record({
      path: fc.stringMatching(/^[a-z0-9_][a-z0-9_+-]{0,10}(\/[a-z0-9_][a-z0-9_+-]{0,10}){0,2}$/),
      text: fc.string({ unit: "binary", maxLength: 100 }),
    }),
    { maxLength: 3, selector: ({ path }) => path.split("/")[0] },
  );
}

/** Layouts that fit the firmware, with what may stand around Windows. */
function arbitraryDisk(firmware: Firmware): fc.Arbitrary<NonNullable<WindowsInput["disk"]>> {
  const label = fc.stringMatching(/^[A-Za-z0-9 _-]{0,11}$/).map((text) => text.trim());
  const windows = fc.record({ windowsLabel: label, sizeMB: fc.integer({ min: 25_000, max: 40_000 }) });
  return fc
    .record({ windows, label, boot: fc.integer({ min: 100, max: 2000 }), more: fc.boolean() })
    .map(({ windows: { windowsLabel, sizeMB }, label: dataLabel, boot, more }) => {
      const active = firmware === "bios";
      const system = { type: "Primary" as const, windows: true, label: windowsLabel, sizeMB };
      const before = active
        ? [{ type: "Primary" as const, sizeMB: boot, active }]
        : [
            { type: "EFI" as const, sizeMB: boot },
            { type: "MSR" as const, sizeMB: 16 },
          ];
      const data = { type: "Primary" as const, label: dataLabel, letter: "D" };
      return { partitions: [...before, system, ...(more ? [data] : [])] };
    });
}

function userName(): fc.Arbitrary<string> {
  return fc.stringMatching(/^[A-Za-z][A-Za-z0-9._-]{0,17}[A-Za-z0-9_-]$/);
}

function password(): fc.Arbitrary<string> {
  return fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._+@~-]{0,40}$/);
}

function command(): fc.Arbitrary<string> {
  return printable().map((text) => `echo ${text}`);
}

function batchLine(): fc.Arbitrary<string> {
  return fc.stringMatching(/^[!-~]([ -~]{0,60}[!-~])?$/).filter((line) => !line.endsWith("^"));
}

/** What winnt.sif takes for a name. */
function ascii(): fc.Arbitrary<string> {
  return fc.stringMatching(/^[!-~]([ -~]{0,40}[!-~])?$/).map((text) => text.replace(/["%!\\]/g, ";"));
}

/** Text that Windows shows; anything printable in it, what markup and shells find special above all. */
function printable(): fc.Arbitrary<string> {
  const special = fc.constantFrom(
    "&",
    "<",
    ">",
    '"',
    "'",
    "]]>",
    "${",
    "''",
    "%",
    "%%",
    "^",
    "!",
    "`",
    "é",
    "😀",
    "{{x}}",
  );
  return fc
    .array(fc.oneof(special, fc.string({ minLength: 1, maxLength: 4 })), { minLength: 1, maxLength: 20 })
    .map((parts) => parts.join("").trim())
    .filter((text) => /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]{1,255}$/u.test(text));
}
