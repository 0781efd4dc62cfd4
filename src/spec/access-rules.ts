import type { Fault } from "./issues.ts";
import type { Subject } from "./rule-subject.ts";
import type { Spec } from "./schema.ts";
import { showValue } from "./show.ts";

/** Rules about `access` that hold for every release. */
export const accessRules: readonly ((spec: Spec) => Fault[])[] = [packagesNeedCygwin, hostClockNeedsCygwin];

/** Windows 10 1809 and Server 2019: the first that OpenSSH is made for, and every one of them has the tar.exe that $out is packed with. */
const firstBuild = 17_763;

/** Win32-OpenSSH is offered where Windows has what a session is made of. */
export function accessFitsRelease({ spec, release }: Subject): Fault[] {
  if (spec.access !== "openssh" || release.build >= firstBuild) return [];
  return [
    {
      path: ["access"],
      message: `${release.title} (build ${release.build}) is too old for it, got ${showValue(spec.access)}; allowed: cygwin`,
      hint: `openssh needs Windows 10 1809, Server 2019 or later (build ${firstBuild}): for its tar.exe, among others.`,
    },
  ];
}

function packagesNeedCygwin(spec: Spec): Fault[] {
  const { packages } = spec.cygwin;
  if (spec.access !== "openssh" || packages.length === 0) return [];
  return [
    {
      path: ["cygwin", "packages"],
      message: `there is no Cygwin with access: openssh, got ${packages.length === 1 ? "1 package" : `${packages.length} packages`}`,
      hint: "Leave the packages out, or set access: cygwin.",
    },
  ];
}

// Cygwin's date sets a clock from a number; cmd's date and time ask in the language of the account.
function hostClockNeedsCygwin(spec: Spec): Fault[] {
  if (spec.access !== "openssh" || spec.run.clock !== "host") return [];
  return [
    {
      path: ["run", "clock"],
      message: `is set by a program of Cygwin's, which access: openssh does not have, got ${showValue(spec.run.clock)}; allowed: snapshot`,
      hint: "Set access: cygwin for a clock of the host.",
    },
  ];
}
