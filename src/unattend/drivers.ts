import { setupDriveLetters } from "./drive-letters.ts";
import type { AnswerSettings } from "./settings.ts";
import { type Component, group, keyedItem, value } from "./tree.ts";

/**
 * Where Setup finds drivers on the bootstrap medium, whose letter nobody knows: every folder on every letter that a CD can
 * have. Setup loads them before it looks for a disk, and puts them into the Windows that it installs (Microsoft,
 * add-device-drivers-to-windows-during-windows-setup), so PnpCustomizationsNonWinPE has nothing to
 * add. Paths that lead nowhere are passed over (A70).
 */
export function driverPaths({ driverFolders }: AnswerSettings): Component[] {
  if (driverFolders.length === 0) return [];
  const paths = setupDriveLetters.flatMap((letter) => driverFolders.map((folder) => `${letter}:\\${folder}`));
  return [
    {
      pass: "windowsPE",
      name: "Microsoft-Windows-PnpCustomizationsWinPE",
      settings: [
        group(
          "DriverPaths",
          ...paths.map((path, index) =>
            keyedItem("PathAndCredentials", String(index + 1), value("Path", path)),
          ),
        ),
      ],
    },
  ];
}
