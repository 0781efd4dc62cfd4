import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { SpecError } from "../errors.ts";

/** The names that a spec has when none is given, in this order. */
export const defaultSpecs = ["casement.yaml", "casement.yml", "casement.json", "casement.ts"] as const;

/** Absolute paths of the spec and the output folder. Throws SpecError when no spec is named and none or several are there. */
export function findPlaces(
  given: { readonly spec: string | undefined; readonly out?: string | undefined },
  cwd: string,
): { readonly spec: string; readonly outDir: string } {
  if (given.out === "") throw emptyName(cwd, "--out", "Name the folder: casement generate --out DIR");
  if (given.spec === "") throw emptyName(cwd, "SPEC", nameTheSpec);
  const spec = resolve(cwd, given.spec ?? findSpec(cwd));
  return {
    spec,
    outDir: given.out === undefined ? join(dirname(spec), "casement") : resolve(cwd, given.out),
  };
}

const nameTheSpec = "Name the spec: casement generate FILE";

// Such as from a variable that is not set: this folder is hardly what was meant.
function emptyName(cwd: string, path: string, hint: string): SpecError {
  return new SpecError(cwd, [{ path, message: 'has to be a path, got ""', hint }]);
}

function findSpec(cwd: string): string {
  const found = defaultSpecs.filter((name) => existsSync(join(cwd, name)));
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  const message =
    first === undefined
      ? `no spec here; looked for ${defaultSpecs.join(", ")}`
      : `several specs here: ${found.join(", ")}`;
  throw new SpecError(cwd, [{ path: "", message, hint: nameTheSpec }]);
}
