import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Absolute path of a program on PATH; undefined when there is none. */
export function findProgram(name: string): string | undefined {
  for (const folder of [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/sbin"]) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // The next folder may have it.
    }
  }
  return undefined;
}

/** For `skip`: the reason on a laptop, false where everything is there, and an error where CI=true says that it has to be. */
export function skipWithout(names: readonly string[]): string | false {
  const missing = names.filter((name) => findProgram(name) === undefined);
  if (missing.length === 0) return false;
  const reason = `needs ${missing.join(", ")} on PATH (npm run setup installs it)`;
  if (process.env["CI"] === "true") throw new Error(reason);
  return reason;
}

/** UEFI firmware and the template of its variables, as Debian's package has them. */
export const ovmf = {
  code: "/usr/share/OVMF/OVMF_CODE_4M.fd",
  vars: "/usr/share/OVMF/OVMF_VARS_4M.fd",
} as const;

/** As skipWithout, for that firmware. */
export function skipWithoutOvmf(): string | false {
  if (existsSync(ovmf.code)) return false;
  const reason = `needs ${ovmf.code} (npm run setup installs it)`;
  if (process.env["CI"] === "true") throw new Error(reason);
  return reason;
}
