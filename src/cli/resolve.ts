import { gatherInputs } from "../inputs/gather.ts";
import { findSourceFaults, readSources, sourceFiles } from "../inputs/sources.ts";
import { buildPlan } from "../plan/build-plan.ts";
import type { Plan, PlanInputs } from "../plan/plan.ts";
import { toFault } from "../spec/extra-settings-rule.ts";
import { type LoadedSpec, loadSpecWithLines } from "../spec/load.ts";
import type { Spec } from "../spec/schema.ts";
import { loadManifest } from "../writer/manifest-file.ts";

/** A spec with everything that a command needs to know of it. */
export interface Resolved {
  readonly loaded: LoadedSpec;
  readonly spec: Spec;
  readonly inputs: PlanInputs;
  readonly plan: Plan;
}

/**
 * Spec and earlier output -> plan. Throws SpecError, also for what only the plan shows: extra settings against casement's
 * own, or too long for the floppy. `noteInput` is told every file that the spec names or imports, also where it is refused.
 */
export async function resolvePlan(
  places: { readonly spec: string; readonly outDir: string },
  noteInput: (file: string) => void = () => undefined,
): Promise<Resolved> {
  const noteSources = (document: unknown): void => sourceFiles(document, places.spec).forEach(noteInput);
  const loaded = await loadSpecWithLines(places.spec, {
    noteModule: noteInput,
    findMore: async (document) => {
      noteSources(document);
      return findSourceFaults(document, places.spec);
    },
  });
  const { spec } = loaded;
  noteSources(spec);
  const sources = await readSources(spec, places.spec);
  if (!("files" in sources)) throw loaded.refuse(sources.faults);
  const inputs = gatherInputs(spec, await loadManifest(places.outDir), sources.files);
  const plan = buildPlan(spec, inputs);
  if (plan.setup.extraSettings.length > 0) await checkMerge(plan, loaded);
  return { loaded, spec, inputs, plan };
}

// Loaded for those who need it only; the answer file itself is made again with the other artifacts.
async function checkMerge(plan: Plan, loaded: LoadedSpec): Promise<void> {
  const { answerSettings } = await import("../artifacts/settings.ts");
  const { renderAnswerFile } = await import("../unattend/answer-file.ts");
  const { checkMerged } = await import("../unattend/check-merged.ts");
  const { answerFileMaxBytes } = await import("../artifacts/floppy.ts");
  const settings = answerSettings(plan);
  const faults = checkMerged(settings);
  if (faults.length > 0) throw loaded.refuse(faults.map(toFault));
  // ASCII, so that characters are bytes.
  const bytes = renderAnswerFile(settings).length;
  if (!plan.hardware.floppy || bytes <= answerFileMaxBytes) return;
  throw loaded.refuse([
    {
      path: ["windows", "extraSettings"],
      message: `makes the answer file ${bytes} bytes long; at most ${answerFileMaxBytes} fit on the floppy`,
      hint: "Remove the largest values: files belong into windows.files.",
    },
  ]);
}
