import type { Fault } from "./issues.ts";
import type { Spec } from "./schema.ts";
import { showValue } from "./show.ts";

/** Rules about `windows.files`, as far as they can be seen without reading a file (inputs/ does that). */
export const fileRules: readonly ((spec: Spec) => Fault[])[] = [
  contentIsSourceOrText,
  sourcesAreRelative,
  placesDiffer,
];

/** Whether a source is one beside the spec: neither absolute, on Windows or elsewhere, nor a home folder's. */
export function isRelative(source: string): boolean {
  return !/^([/\\~]|[a-z]:)/i.test(source);
}

function contentIsSourceOrText(spec: Spec): Fault[] {
  return spec.windows.files.flatMap(({ path, source, text }, index) =>
    (source === undefined) === (text === undefined)
      ? [
          {
            path: ["windows", "files", index],
            message: `has to hold either source or text, got ${source === undefined ? "neither" : "both"} for ${showValue(path)}`,
            hint: "source copies a file that stands beside the spec; text is the content itself.",
          },
        ]
      : [],
  );
}

// An absolute one would be another file, or none, on the next machine.
function sourcesAreRelative(spec: Spec): Fault[] {
  return spec.windows.files.flatMap(({ source }, index) =>
    source !== undefined && !isRelative(source)
      ? [
          {
            path: ["windows", "files", index, "source"],
            message: `has to be relative to the spec, got ${showValue(source)}`,
          },
        ]
      : [],
  );
}

// Windows does not tell names apart by case; and what is a file cannot be another one's folder.
function placesDiffer(spec: Spec): Fault[] {
  const places = spec.windows.files.map(({ path }) => path.toLowerCase());
  const firsts = new Map(places.map((place, index) => [place, index] as const).toReversed());
  return places.flatMap((place, index) => {
    const fault = (message: string): Fault => ({
      path: ["windows", "files", index, "path"],
      message: `${message}, got ${showValue(spec.windows.files[index]?.path)}`,
    });
    const first = firsts.get(place);
    if (first !== index) return [fault(`is the path of windows.files[${first}], too (case does not count)`)];
    const folder = foldersOf(place).find((above) => firsts.has(above));
    if (folder === undefined) return [];
    return [fault(`needs a folder where windows.files[${firsts.get(folder)}] is a file`)];
  });
}

function foldersOf(place: string): string[] {
  const parts = place.split("/");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
}
