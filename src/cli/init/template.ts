import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Artifact } from "../../artifacts/artifact.ts";

/** The projects to start from: folders of templates/, which `nix flake init` gives as they are. */
export type TemplateName = "flake" | "stand-in";

/** The files of a template, sorted by path; only their bytes, because those of a store may be read by everybody and written by nobody. */
export function loadTemplate(name: TemplateName): readonly Artifact[] {
  const folder = join(import.meta.dirname, "../../../templates", name);
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ path: file.slice(folder.length + 1), content: readFileSync(file, "utf8") }));
}
