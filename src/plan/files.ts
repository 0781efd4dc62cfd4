import { InternalError } from "../errors.ts";
import type { Spec } from "../spec/schema.ts";
import type { PlannedFile, PlanInputs } from "./plan.ts";

/** The spec's own files for the bootstrap medium, sorted by path. Their contents were read before (inputs/). */
export function planFiles(spec: Spec, inputs: PlanInputs): PlannedFile[] {
  return spec.windows.files
    .map((file) => {
      const bytes = file.source === undefined ? Buffer.from(file.text ?? "") : inputs.files.get(file.source);
      if (bytes === undefined) throw new InternalError(`the content of ${file.source} was not read`);
      return { path: file.path, base64: Buffer.from(bytes).toString("base64") };
    })
    .sort((left, right) => (left.path < right.path ? -1 : 1));
}
