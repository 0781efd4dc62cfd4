import type { Platform } from "../catalogue/release.ts";
import { type AnswerReader, textAt } from "./answer-reader.ts";
import { driversOfSetup, driversOfWindows } from "./components.ts";
import type { WindowsPart } from "./windows-input.ts";

/** Driver folders: those of virtio-win by its flag, the others by the name of their folder. */
export function importDrivers(reader: AnswerReader, platform: Platform | undefined): WindowsPart {
  const paths = [driversOfSetup, driversOfWindows]
    .flatMap((component) => reader.takeAll(component, "DriverPaths/PathAndCredentials"))
    .flatMap((item) => textAt(item, "Path") ?? []);
  const needed = platform?.nics.every((nic) => nic === "virtio-net-pci") === true;
  const virtioWin = needed || paths.some((path) => virtio.test(path));
  const own = new Set(
    paths.flatMap((path) => /^[a-z]:\\drivers\\(?<name>[^\\]+)$/i.exec(path)?.groups?.["name"] ?? []),
  );
  const others = [
    ...new Set(paths.filter((path) => !virtio.test(path) && !/^[a-z]:\\drivers\\/i.test(path))),
  ];
  const rest = others.filter((path) => layout.test(path));
  if (rest.length > 0) {
    const names = new Set(rest.flatMap((path) => path.split("\\")[1] ?? []));
    reader.leave(
      `DriverPaths ${[...names].join(", ")}`,
      "are not among the drivers that casement takes of virtio-win (docs/spec.md, windows.drivers)",
    );
  }
  for (const path of others.filter((each) => !layout.test(each))) {
    reader.leave(
      `DriverPaths ${path}`,
      "lies on the old medium: name a folder in windows.drivers.folders, and give it to casement.lib.load as drivers.NAME",
    );
  }
  if (!virtioWin && own.size === 0) return {};
  return {
    drivers: {
      ...(virtioWin ? { virtioWin } : {}),
      ...(own.size === 0 ? {} : { folders: [...own] }),
    },
  };
}

// As virtio-win is laid out: driver, system, architecture.
const layout = /^[a-z]:\\[^\\]+\\(w|2k)\d[^\\]*\\(amd64|x86|arm64)\\?$/i;
const virtio = /(viostor|vioscsi|netkvm|balloon|vioserial|viorng|virtio)/i;
