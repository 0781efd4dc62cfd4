import { generated } from "../../contract/filenames.ts";
import type { Change } from "./find-changes.ts";

/** In one line what generate would do, or why it would refuse. */
export function summarize(all: readonly Change[], folder: string): string {
  const changes = all.filter(({ path }) => path !== generated.manifest);
  if (changes.length === 0) return `generate would write the manifest of ${folder} anew`;
  const count = (...states: readonly Change["state"][]): number =>
    changes.filter(({ state }) => states.includes(state)).length;
  const inTheWay = count("foreign", "blocked");
  const edited = count("edited", "extra-edited");
  const written = count("missing", "stale", "edited");
  const removed = count("extra", "extra-edited");
  const work = `write ${files(written)}${removed === 0 ? "" : ` and remove ${files(removed)}`}`;
  if (inTheWay > 0) return `generate would refuse: ${files(inTheWay)} in the way in ${folder}`;
  if (edited === 0) return `generate would ${work} in ${folder}`;
  return `generate would refuse: ${files(edited)} changed by hand in ${folder}; with --force it would ${work}`;
}

function files(count: number): string {
  return count === 1 ? "1 file" : `${count} files`;
}
