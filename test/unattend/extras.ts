import type { ExtraSetting, ExtraValue } from "../../src/unattend/settings.ts";

export const shell = "Microsoft-Windows-Shell-Setup";

/** An extra setting as a spec has it. */
export function extra(
  component: string,
  pass: ExtraSetting["pass"],
  path: string,
  value: ExtraValue,
): ExtraSetting {
  return { component, pass, path, value };
}
