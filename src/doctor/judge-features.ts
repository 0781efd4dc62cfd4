import type { Facts, NixFacts, ProjectFacts } from "./facts.ts";
import { type Finding, finding } from "./finding.ts";

/**
 * Whether one machine offers all features that the spec asks for. Says nothing where it asks for none beside `kvm`, which
 * judge-kvm.ts looks at more closely.
 */
export function judgeFeatures({ nix, host, project }: Pick<Facts, "nix" | "host" | "project">): Finding[] {
  if (nix === undefined || project === undefined) return [];
  const wanted = project.requiredFeatures;
  const beside = wanted.filter((feature) => feature !== "kvm");
  if (beside.length === 0) return [];
  const words = beside.join(", ");
  const isHere = host.system === "x86_64-linux" && beside.every((feature) => offersHere(nix, feature));
  if (isHere) return [finding("features", "ok", `Nix offers ${words} here`)];
  const able = nix.builders.filter(
    ({ systems, features }) =>
      systems.includes("x86_64-linux") && wanted.every((feature) => features.includes(feature)),
  );
  if (able.length > 0)
    return [finding("features", "ok", `${able.map(({ uri }) => uri).join(", ")} offers ${words}`)];
  return [missing(nix, project, beside)];
}

/** A daemon finds out about KVM by itself, and offers nothing else that it was not told to. */
function offersHere({ settings }: NixFacts, feature: string): boolean {
  return settings === null || settings.systemFeatures.includes(feature);
}

function missing(
  { settings, builders }: NixFacts,
  { requiredFeatures }: ProjectFacts,
  beside: readonly string[],
): Finding {
  const here = `system-features has ${settings?.systemFeatures.join(", ") || "none"}`;
  const elsewhere =
    builders.length === 0
      ? "there are no remote builders"
      : `no remote builder has all of ${requiredFeatures.join(", ")}`;
  return finding(
    "features",
    "problem",
    `the spec asks for ${beside.join(", ")}, which no machine offers: ${here}, and ${elsewhere}`,
    "On the machine that is to build, in nix.conf (and restart the daemon):",
    `extra-system-features = ${beside.join(" ")}`,
    "Here, in nix.conf, if that is another machine (docs/farm.md):",
    `builders = ssh-ng://HOST x86_64-linux - 1 1 ${requiredFeatures.join(",")}`,
  );
}
