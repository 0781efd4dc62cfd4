import { group, item, type Setting, value } from "./tree.ts";

/** RunSynchronous with the commands in this order; nothing where there are none, because an empty element can be fatal. */
export function runSynchronous(commands: readonly string[]): Setting[] {
  if (commands.length === 0) return [];
  return [
    group(
      "RunSynchronous",
      ...commands.map((path, index) =>
        item("RunSynchronousCommand", value("Order", index + 1), value("Path", path)),
      ),
    ),
  ];
}
