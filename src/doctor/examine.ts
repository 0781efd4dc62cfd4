import type { Facts } from "./facts.ts";
import type { Finding } from "./finding.ts";
import { judgeFeatures } from "./judge-features.ts";
import { judgeKvm } from "./judge-kvm.ts";
import { judgeNix } from "./judge-nix.ts";
import { judgeProject } from "./judge-project.ts";
import { judgeRoom } from "./judge-room.ts";

/** Everything that the facts say about building in Windows here, in the order in which a person would look. */
export function examine(facts: Facts): readonly Finding[] {
  return [
    ...judgeNix(facts),
    ...judgeKvm(facts),
    ...judgeFeatures(facts),
    ...judgeRoom(facts),
    ...(facts.project === undefined ? [] : judgeProject(facts.project)),
  ];
}
