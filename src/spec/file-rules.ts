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
  return places.flatMap((place, index) => {
    const path = ["windows", "files", index, "path"];
    const got = showValue(spec.windows.files[index]?.path);
    const first = places.indexOf(place);
    if (first !== index) {
      return [
        { path, message: `is the path of windows.files[${first}], too (case does not count), got ${got}` },
      ];
    }
    const folder = places.findIndex((other) => place.startsWith(`${other}/`));
    if (folder === -1) return [];
    return [{ path, message: `needs a folder where windows.files[${folder}] is a file, got ${got}` }];
  });
}
