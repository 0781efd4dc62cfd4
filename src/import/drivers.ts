import { type AnswerReader, textAt } from "./answer-reader.ts";
import { driversOfSetup, driversOfWindows } from "./components.ts";
import type { WindowsPart } from "./windows-input.ts";

/** Driver folders: those of virtio-win by its flag, the others by the name of their folder. */
export function importDrivers(reader: AnswerReader): WindowsPart {
  const paths = [driversOfSetup, driversOfWindows]
    .flatMap((component) => reader.takeAll(component, "DriverPaths/PathAndCredentials"))
    .flatMap((item) => textAt(item, "Path") ?? []);
  const virtioWin = paths.some((path) => virtio.test(path));
  const own = new Set(
    paths.flatMap((path) => /^[a-z]:\\drivers\\(?<name>[^\\]+)$/i.exec(path)?.groups?.["name"] ?? []),
  );
  const others = [
    ...new Set(paths.filter((path) => !virtio.test(path) && !/^[a-z]:\\drivers\\/i.test(path))),
  ];
  for (const path of others) {
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

const virtio = /(viostor|vioscsi|netkvm|balloon|vioserial|viorng|virtio)/i;
