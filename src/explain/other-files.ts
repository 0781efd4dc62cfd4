import { renderFiles } from "../artifacts/render-all.ts";
import { bootstrap, generated } from "../contract/filenames.ts";
import type { Plan } from "../plan/plan.ts";
import type { Spec } from "../spec/schema.ts";

/** Every file that generate writes for a spec, by name: what to say of those that have no lines of the spec's, and undefined for the rest. */
export function filesOf(spec: Spec, plan: Plan): ReadonlyMap<string, string | undefined> {
  const names = renderFiles(plan).map(({ path }) => path);
  const sources = spec.windows.files.flatMap(({ path, source }, index) =>
    source === undefined
      ? []
      : [
          [
            `${generated.bootstrapFolder}/${bootstrap.files}/${path}`,
            `${source} byte for byte, as windows.files[${index}] says`,
          ] as const,
        ],
  );
  const onFloppy = names.find((name) => name.startsWith(`${generated.floppyFolder}/`));
  return new Map([
    ...names.map((name) => [name, undefined] as const),
    ...sources,
    ...(onFloppy === undefined ? [] : [[generated.floppyImage, `a floppy that holds ${onFloppy}`] as const]),
    [generated.manifest, "the hashes of the other files, and the password where generate made it"],
    ...(plan.access === "cygwin" ? cygwinFiles : []),
  ]);
}

const cygwinFiles = [
  [
    generated.cygwinLock,
    "a copy of what casement lock wrote beside the spec; cygwin.packages, windows.release and windows.architecture say what it has to hold",
  ],
  [generated.cygwinList, `the packages of ${generated.cygwinLock}, as Cygwin's setup reads them`],
] as const;
