// Prints the accelerator that VMs should use on this machine, kvm or tcg, and why. usage: detect-accelerator.ts
import { accessSync, constants } from "node:fs";
import { fileURLToPath } from "node:url";
import type { KvmFacts } from "../src/doctor/facts.ts";
import { loadKvmFacts, uselessKvm } from "../src/doctor/kvm-hardware.ts";

export interface AcceleratorChoice {
  readonly accelerator: "kvm" | "tcg";
  readonly reason: string;
}

/** What the choice is made from. */
export interface MachineFacts extends Pick<KvmFacts, "cpuFlags" | "modules"> {
  /** The value of CASEMENT_ACCELERATOR, if it is set. */
  readonly override: string | undefined;
  readonly deviceIsUsable: boolean;
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
  const useless = uselessKvm(facts);
  if (useless !== undefined) return { accelerator: "tcg", reason: useless };
  const flag = facts.cpuFlags.includes("vmx") ? "vmx" : "svm";
  return { accelerator: "kvm", reason: `/dev/kvm may be used and the CPU has ${flag}` };
}

/** Reads the facts of this machine; what cannot be read counts as absent. */
export function loadMachineFacts(): MachineFacts {
  return { ...loadKvmFacts(), override: process.env["CASEMENT_ACCELERATOR"], deviceIsUsable: isUsable() };
}

function isUsable(): boolean {
  try {
    accessSync("/dev/kvm", constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { accelerator, reason } = chooseAccelerator(loadMachineFacts());
  process.stdout.write(`${accelerator}: ${reason}\n`);
}
