import { canBuild, stageSystem } from "./can-build.ts";
import type { Facts, NixFacts, ProjectFacts } from "./facts.ts";
import { type Finding, finding } from "./finding.ts";
import { findKvmFault } from "./judge-kvm.ts";

/**
 * Whether one machine offers all features that the spec asks for. Says nothing where it asks for none beside `kvm`, which
 * judge-kvm.ts looks at more closely.
 */
export function judgeFeatures({ nix, host, kvm, project }: Facts): Finding[] {
  if (nix === undefined || project === undefined) return [];
  const wanted = project.requiredFeatures;
  const beside = wanted.filter((feature) => feature !== "kvm");
  if (beside.length === 0) return [];
  const words = beside.join(", ");
  const obstacle = findObstacle({ nix, host, kvm }, wanted);
  if (obstacle === undefined) return [finding("features", "ok", `Nix offers ${words} here`)];
  const able = nix.builders.filter((builder) => canBuild(builder, wanted));
  if (able.length > 0)
    return [finding("features", "ok", `${able.map(({ uri }) => uri).join(", ")} offers ${words}`)];
  return [missing(nix, project, obstacle)];
}

/** Why this machine does not build what wants these features; undefined where it does. */
function findObstacle(
  { nix, host, kvm }: Pick<Facts, "host" | "kvm"> & { readonly nix: NixFacts },
  wanted: readonly string[],
): string | undefined {
  if (host.system !== stageSystem) return `this is ${host.system}`;
  const { settings } = nix;
  // A daemon finds out about KVM by itself, and offers nothing else that it was not told to.
  const lacks = wanted.some(
    (feature) => feature !== "kvm" && settings?.systemFeatures.includes(feature) === false,
  );
  if (lacks) return `system-features has ${settings?.systemFeatures.join(", ") || "none"}`;
  const fault = wanted.includes("kvm") ? findKvmFault({ nix, host, kvm }) : undefined;
  return fault?.state === "problem" ? fault.found : undefined;
}

function missing({ builders }: NixFacts, { requiredFeatures }: ProjectFacts, obstacle: string): Finding {
  const elsewhere =
    builders.length === 0 ? "there are no remote builders" : "no remote builder takes such a build";
  return finding(
    "features",
    "problem",
    `the spec asks for ${requiredFeatures.join(", ")}, and no machine offers all of it: ${obstacle}, and ${elsewhere}`,
    "On the machine that is to build, in nix.conf (and restart the daemon):",
    `extra-system-features = ${requiredFeatures.filter((feature) => feature !== "kvm").join(" ")}`,
    "Here, in nix.conf, if that is another machine (docs/farm.md):",
    `builders = ssh-ng://HOST x86_64-linux - 1 1 ${requiredFeatures.join(",")}`,
  );
}
