import type { RemoteBuilder } from "./facts.ts";

/** The one system that stages are built on. */
export const stageSystem = "x86_64-linux";

/** Whether Nix sends a stage that wants these features, and no others, to this machine. */
export function canBuild(
  { systems, features, mandatory }: RemoteBuilder,
  wanted: readonly string[],
): boolean {
  return (
    systems.includes(stageSystem) &&
    wanted.every((feature) => features.includes(feature)) &&
    mandatory.every((feature) => wanted.includes(feature))
  );
}
