import type { Artifact } from "../artifacts/artifact.ts";
import { renderAll } from "../artifacts/render-all.ts";
import type { Plan } from "../plan/plan.ts";
import type { ManifestSettings } from "../writer/manifest-for.ts";
import { documentText } from "./document-text.ts";
import { lockedCygwin } from "./locked-cygwin.ts";
import { resolvePlan } from "./resolve.ts";

/** What an output folder has to hold by its spec and Cygwin's lock. */
export interface WantedFolder {
  readonly plan: Plan;
  /** What the spec holds or exports, as it was read, as text; undefined where that is more than data. */
  readonly document: string | undefined;
  /** Sorted by path. */
  readonly artifacts: readonly Artifact[];
  readonly settings: ManifestSettings;
  /** The files that the spec names, as they were read, by the name that it has for them. */
  readonly sources: ReadonlyMap<string, Uint8Array>;
  /** To be told each time. */
  readonly remarks: readonly string[];
  /** False when the same files can have other remarks another day. */
  readonly isSettled: boolean;
}

/** Spec, the files beside it and the earlier output's password -> what the folder has to hold. Writes nothing. `noteInput` as for resolvePlan. */
export async function resolveWanted(
  places: { readonly spec: string; readonly outDir: string },
  generator: string,
  noteInput?: (file: string) => void,
): Promise<WantedFolder> {
  const { loaded, spec, inputs, plan } = await resolvePlan(places, noteInput);
  const cygwin = await lockedCygwin(places.spec, plan);
  const artifacts = [...renderAll(plan), ...cygwin.artifacts].sort((left, right) =>
    left.path < right.path ? -1 : 1,
  );
  return {
    plan,
    document: documentText(loaded.document),
    artifacts,
    settings: {
      generator,
      password: spec.account.password === undefined ? inputs.password : null,
      sources: [...inputs.files.keys()],
    },
    sources: inputs.files,
    remarks: [...cygwin.remarks, ...expiryRemarks(plan, new Date())],
    isSettled: plan.evaluationExpires === null && cygwin.remarks.length === 0,
  };
}

function expiryRemarks(plan: Plan, now: Date): string[] {
  const { evaluationExpires } = plan;
  if (evaluationExpires === null || now.toISOString().slice(0, 10) <= evaluationExpires) return [];
  return [
    `windows.evaluationExpires: ${plan.edition.id} ended on ${evaluationExpires} and shuts itself down every hour; use newer media`,
  ];
}
