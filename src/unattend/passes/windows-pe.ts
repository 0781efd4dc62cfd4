import { setupCommands } from "../commands.ts";
import { diskConfiguration, installTo } from "../disk.ts";
import { driverPaths } from "../drivers.ts";
import { localeSettings } from "../locale.ts";
import { runSynchronous } from "../run-synchronous.ts";
import type { AnswerSettings } from "../settings.ts";
import { type Component, group, item, type Setting, value } from "../tree.ts";

/** What Setup is told while it runs from the medium: language, drivers, disk, image, key. */
export function windowsPe(settings: AnswerSettings): Component[] {
  return [
    {
      pass: "windowsPE",
      name: "Microsoft-Windows-International-Core-WinPE",
      settings: [
        group("SetupUILanguage", value("UILanguage", settings.locale.uiLanguage)),
        ...localeSettings(settings),
      ],
    },
    ...driverPaths(settings),
    {
      pass: "windowsPE",
      name: "Microsoft-Windows-Setup",
      settings: [
        group("Diagnostics", value("OptIn", false)),
        diskConfiguration(settings.disk),
        group("DynamicUpdate", value("Enable", false), value("WillShowUI", "OnError")),
        imageInstall(settings),
        ...runSynchronous(setupCommands(settings)),
        group(
          "UserData",
          value("AcceptEula", true),
          ...unlessEmpty("FullName", settings.fullName),
          ...unlessEmpty("Organization", settings.organization),
          productKey(settings.productKey),
        ),
      ],
    },
  ];
}

function imageInstall({ disk, image }: AnswerSettings): Setting {
  const metaData =
    image.kind === "index"
      ? [value("Key", "/IMAGE/INDEX"), value("Value", image.index)]
      : [value("Key", "/IMAGE/NAME"), value("Value", image.name)];
  return group(
    "ImageInstall",
    group(
      "OSImage",
      group("InstallFrom", item("MetaData", ...metaData)),
      installTo(disk),
      value("WillShowUI", "OnError"),
    ),
  );
}

// Evaluation media take no key; without WillShowUI Setup would ask for one. An empty <Key/> prompts on some media.
function productKey(key: string | null): Setting {
  return group("ProductKey", ...(key === null ? [] : [value("Key", key)]), value("WillShowUI", "OnError"));
}

function unlessEmpty(name: string, text: string): Setting[] {
  return text === "" ? [] : [value(name, text)];
}
