import { generated } from "../contract/filenames.ts";
import type { Plan } from "../plan/plan.ts";
import { renderTemplate } from "../text/template.ts";
import type { Artifact } from "./artifact.ts";

/** The expression that a user imports: it hands its folder to casement's library and holds no URL, hash or logic. */
export function renderDefaultNix(plan: Plan): Artifact {
  return { path: generated.defaultNix, content: renderTemplate("nix/default.nix.hbs", { name: plan.name }) };
}
