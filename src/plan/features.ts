import type { Plan } from "./plan.ts";

/** All that a builder has to offer for the stages of a machine, `kvm` where its accelerator is KVM. */
export function featuresOf({ hardware, nix }: Plan): readonly string[] {
  return [...(hardware.accelerator === "kvm" ? ["kvm"] : []), ...nix.requiredSystemFeatures];
}
