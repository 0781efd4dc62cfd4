import type { Edition, Platform, Release } from "../catalogue/release.ts";
import type { Spec } from "../spec/schema.ts";
import { planDisk } from "./disk.ts";
import { planDrivers } from "./drivers.ts";
import { planFiles } from "./files.ts";
import { computerName } from "./names.ts";
import type { PlannedHardware, PlannedSetup, PlanInputs } from "./plan.ts";

/** What Setup and the first logon are told, with the defaults that depend on release, edition and hardware. */
export function planSetup(subject: {
  readonly spec: Spec;
  readonly release: Release;
  readonly platform: Platform;
  readonly edition: Edition;
  readonly hardware: PlannedHardware;
  readonly inputs: PlanInputs;
}): PlannedSetup {
  const { spec, release, platform, edition, hardware, inputs } = subject;
  const { windows } = spec;
  const users = [spec.account.user, ...windows.accounts.map((account) => account.name)];
  return {
    image: planImage(windows.image) ?? edition.image,
    productKey: windows.productKey ?? edition.productKey,
    language: windows.language,
    locale: {
      user: windows.locale.user ?? windows.language,
      system: windows.locale.system ?? windows.language,
      // A language's name stands for its usual keyboard (Microsoft, InputLocale).
      keyboards: windows.locale.keyboards ?? [windows.language],
    },
    timeZone: windows.timeZone,
    computerName: windows.computerName ?? computerName(spec.name, users),
    fullName: windows.fullName,
    organization: windows.organization,
    administratorPassword: windows.administrator?.password ?? null,
    accounts: windows.accounts.map((account) => ({
      ...account,
      displayName: account.displayName ?? account.name,
    })),
    disk: planDisk(spec, hardware.firmware, release.family),
    virtioWin: planDrivers(spec, release, platform),
    driverFolders: windows.drivers.folders,
    behaviour: windows.behaviour,
    requirementBypass: windows.requirementBypass ?? release.requirementBypass,
    networkBypass: windows.networkBypass ?? release.networkBypass,
    commands: windows.commands,
    files: planFiles(spec, inputs),
    extraSettings: windows.extraSettings,
  };
}

function planImage(image: Spec["windows"]["image"]): PlannedSetup["image"] | undefined {
  if (image?.index !== undefined) return { kind: "index", index: image.index };
  if (image?.name !== undefined) return { kind: "name", name: image.name };
  return undefined;
}
