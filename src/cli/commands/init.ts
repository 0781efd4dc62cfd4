import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { formatIssue, type Issue, SpecError } from "../../errors.ts";
import { writeNewFiles } from "../../writer/new-files.ts";
import { fillSpec } from "../init/fill-spec.ts";
import { nextSteps } from "../init/next-steps.ts";
import { loadTemplate } from "../init/template.ts";
import type { Invocation } from "../invocation.ts";
import { defaultSpecs } from "../places.ts";
import { remark, reportLines, showPath } from "../report.ts";
import type { InitFlags } from "./init-command.ts";

/** Starts a project in a folder. Throws SpecError for a name or release that no spec may have, ToolError for files in the way. */
export async function init(dir: string | undefined, flags: InitFlags, invocation: Invocation): Promise<void> {
  if (dir === "")
    throw new SpecError("casement init", [{ path: "DIR", message: 'has to be a path, got ""' }]);
  const folder = resolve(invocation.cwd, dir ?? ".");
  const template = flags.standIn === true ? "stand-in" : "flake";
  const missing: Issue[] = [];
  const files = loadTemplate(template).map((file) => {
    if (file.path !== defaultSpecs[0]) return file;
    const filled = fillSpec(String(file.content), flags, template);
    missing.push(...filled.missing);
    return { path: file.path, content: filled.text };
  });
  refuseSecondSpec(folder);
  const written = await writeNewFiles(files, folder, {
    hint: "Choose a new or empty folder: casement init DIR",
  });
  const shown = showPath(folder);
  reportLines([...written.map((path) => `wrote   ${join(shown, path)}`), ...nextSteps(template, shown)]);
  if (missing.length > 0) {
    remark(`${join(shown, defaultSpecs[0])} lacks yet:\n${missing.map(formatIssue).join("\n")}`);
  }
}

// With two of them, generate would not know which is meant.
function refuseSecondSpec(folder: string): void {
  const others = defaultSpecs.slice(1).filter((name) => existsSync(join(folder, name)));
  if (others.length === 0) return;
  throw new SpecError("casement init", [
    {
      path: "DIR",
      message: `${folder} has a spec already: ${others.join(", ")}`,
      hint: "Choose another folder: casement init DIR",
    },
  ]);
}
