// Prints the accelerator that VMs should use on this machine, kvm or tcg, and why. usage: detect-accelerator.ts
import { accessSync, constants, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export interface AcceleratorChoice {
  readonly accelerator: "kvm" | "tcg";
  readonly reason: string;
}

/** What the choice is made from; `modules` are the loaded kernel modules. */
export interface MachineFacts {
  /** The value of CASEMENT_ACCELERATOR, if it is set. */
  readonly override: string | undefined;
  readonly deviceIsUsable: boolean;
  readonly cpuFlags: readonly string[];
  readonly modules: readonly string[];
}

/** Returns the accelerator for a machine with these facts. Throws if the override is neither kvm nor tcg. */
export function chooseAccelerator(facts: MachineFacts): AcceleratorChoice {
  const { override } = facts;
  if (override !== undefined && override !== "") {
    if (override !== "kvm" && override !== "tcg") {
      throw new Error(`CASEMENT_ACCELERATOR: not an accelerator, got '${override}'; allowed: kvm, tcg`);
    }
    return { accelerator: override, reason: "CASEMENT_ACCELERATOR says so" };
  }
  if (!facts.deviceIsUsable) {
    return { accelerator: "tcg", reason: "/dev/kvm is missing, or may not be read and written by this user" };
  }
  // A /dev/kvm without hardware behind it opens, creates VMs, and is many times slower than QEMU's own emulation.
  if (facts.modules.includes("kvm_pvm")) {
    return { accelerator: "tcg", reason: "/dev/kvm is served by kvm_pvm, which emulates ordinary guests" };
  }
  const flag = ["vmx", "svm"].find((name) => facts.cpuFlags.includes(name));
  if (flag === undefined) {
    return {
      accelerator: "tcg",
      reason: "the CPU shows neither vmx nor svm, so /dev/kvm has no hardware behind it",
    };
  }
  return { accelerator: "kvm", reason: `/dev/kvm may be used and the CPU has ${flag}` };
}

/** Reads the facts of this machine; what cannot be read counts as absent. */
export function loadMachineFacts(): MachineFacts {
  return {
    override: process.env["CASEMENT_ACCELERATOR"],
    deviceIsUsable: orElse(() => accessSync("/dev/kvm", constants.R_OK | constants.W_OK) ?? true, false),
    cpuFlags:
      orElse(
        () => /^flags\s*:(.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[1]?.trim().split(" "),
        undefined,
      ) ?? [],
    modules: orElse(() => readdirSync("/sys/module"), []),
  };
}

function orElse<T>(read: () => T, absent: T): T {
  try {
    return read();
  } catch {
    return absent;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { accelerator, reason } = chooseAccelerator(loadMachineFacts());
  process.stdout.write(`${accelerator}: ${reason}\n`);
}
