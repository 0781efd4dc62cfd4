import type { Fault } from "./issues.ts";
import type { Spec } from "./schema.ts";
import { showValue } from "./show.ts";

/**
 * Rules about `windows.commands.firstLogon`. Each becomes a line of a batch file as it is: what a line cannot hold is
 * refused here, because nothing could be escaped there without changing what the line means.
 */
export function firstLogonCommandsAreLines(spec: Spec): Fault[] {
  return spec.windows.commands.firstLogon.flatMap((command, index) => {
    const path = ["windows", "commands", "firstLogon", index];
    const strange = /[^\u0020-\u007E]/u.exec(command);
    if (strange !== null) {
      return [
        {
          path,
          message: `has to be ASCII, because the code page decides what else a batch file says, got ${showValue(strange[0])} in ${showValue(command)}`,
          hint: "Put the text into a file of windows.files, and read it from %MEDIUM%\\files.",
        },
      ];
    }
    if (!command.endsWith("^")) return [];
    return [{ path, message: `a ^ at the end takes the next line with it, got ${showValue(command)}` }];
  });
}
