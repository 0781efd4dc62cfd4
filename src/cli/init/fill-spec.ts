import { findEdition, findPlatform, findRelease } from "../../catalogue/releases.ts";
import { type Issue, SpecError } from "../../errors.ts";
import { checkSpec } from "../../spec/check.ts";
import { type Fault, toIssue } from "../../spec/issues.ts";
import { parseYaml } from "../../spec/parse.ts";
import { replaceScalar } from "../../spec/replace-scalar.ts";
import type { TemplateName } from "./template.ts";

/** What a person wants otherwise than the template has it. */
export interface SpecWishes {
  readonly name?: string;
  readonly release?: string;
}

/**
 * A template's spec with name and release filled in and its comments kept, and what the release wants beside them. Throws
 * SpecError with everything that is wrong with the wishes themselves.
 */
export function fillSpec(
  text: string,
  wishes: SpecWishes,
  template: TemplateName,
): { readonly text: string; readonly missing: readonly Issue[] } {
  const filled = places.reduce((before, { flag, path }) => {
    const value = wishes[flag];
    return value === undefined ? before : replaceScalar(before, path, value);
  }, text);
  const { faults } = checkSpec(parseYaml(filled).value);
  const wrong: Issue[] = [];
  const missing: Issue[] = [];
  for (const fault of [...faults, ...(template === "stand-in" ? unplayed(wishes.release) : [])]) {
    const issue = toIssue(fault, () => undefined);
    const place = places.find(({ path }) => path.join() === fault.path.join());
    if (place === undefined) missing.push(issue);
    else wrong.push({ ...issue, path: `--${place.flag}` });
  }
  if (wrong.length > 0) throw new SpecError("casement init", wrong);
  return { text: filled, missing };
}

const places: readonly { readonly flag: keyof SpecWishes; readonly path: readonly string[] }[] = [
  { flag: "name", path: ["name"] },
  { flag: "release", path: ["windows", "release"] },
];

// Its medium has images for 64 bits with the names of editions, and plays no older Setup.
function unplayed(id: string | undefined): Fault[] {
  const release = id === undefined ? undefined : findRelease(id);
  if (release === undefined) return [];
  const isPlayed =
    release.family !== "xp" &&
    findPlatform(release, undefined)?.architecture === "amd64" &&
    findEdition(release, undefined)?.image.kind === "name";
  if (isPlayed) return [];
  return [
    {
      path: ["windows", "release"],
      message: `the stand-in does not play it, got ${JSON.stringify(id)}`,
      hint: "It plays Windows 7 to 11 and Server 2008 R2 to 2025, none of them LTSC.",
    },
  ];
}
