import type { Architecture } from "./release.ts";

/**
 * Whether QEMU's model lacks SSE 4.2 or POPCNT, which Windows 11 24H2 and Server 2025 execute without asking. The list is
 * what query-cpu-model-expansion of QEMU 10.0.2 says for each model; a model that is not in it may be newer than that.
 */
export function lacksSse42AndPopcnt(model: string): boolean {
  return withoutSse42.has(model.replace(/-v\d+$/, ""));
}

const withoutSse42 = new Set(
  [
    "486 Conroe Opteron_G1 Opteron_G2 Opteron_G3 Penryn athlon base core2duo coreduo kvm32 kvm64 n270",
    "pentium pentium2 pentium3 phenom qemu32 qemu64",
  ].flatMap((line) => line.split(" ")),
);

/** Whether a model is one of the architecture's: `host` and `max` are of all, and QEMU's own for Arm have Arm's names. */
export function isModelOf(architecture: Architecture, model: string): boolean {
  if (model === "host" || model === "max") return true;
  return armNames.test(model) === (architecture === "arm64");
}

const armNames = /^(cortex-|neoverse-|a64fx$)/;
