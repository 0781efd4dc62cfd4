import type { Fault } from "./issues.ts";
import type { Spec } from "./schema.ts";

/** One field decides about KVM: a list that had a word in it too could contradict the accelerator. */
export function acceleratorAsksForKvm(spec: Spec): Fault[] {
  const index = spec.nix.requiredSystemFeatures.indexOf("kvm");
  if (index === -1) return [];
  return [
    {
      path: ["nix", "requiredSystemFeatures", index],
      message: "is asked for by hardware.accelerator, got kvm; allowed: any other feature",
      hint:
        spec.hardware.accelerator === "kvm"
          ? "Leave it out: hardware.accelerator is kvm, so builders have to offer it."
          : "Leave it out, and set hardware.accelerator to kvm if that is what is meant.",
    },
  ];
}
