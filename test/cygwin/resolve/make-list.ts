import { parseSetupIni } from "../../../src/cygwin/setup-ini/parse.ts";
import type { SetupIni } from "../../../src/cygwin/setup-ini/setup-ini.ts";

/** A list from its short form, one version a line: `name version [section] key: value; key: value`. */
export function makeList(lines: string): SetupIni {
  const byName = new Map<string, string[]>();
  for (const line of lines.split("\n").filter((each) => each.trim() !== "")) {
    const [, name = "", version = "", section = "curr", rest = ""] =
      /^\s*(\S+) (\S+)(?: \[(\w+)\])? ?(.*)$/.exec(line) ?? [];
    const keys = rest.split(";").map((each) => each.trim());
    const archive = `install: release/${name}-${version}.tar.xz 1 ${"0".repeat(128)}`;
    const sections = byName.get(name) ?? [`@ ${name}`, ...keys.filter((key) => key.startsWith("category"))];
    const own = keys.filter((key) => key !== "" && !key.startsWith("category"));
    // A section keeps the dependencies of the one before unless it says its own.
    if (!own.some((key) => key.startsWith("depends2"))) own.push("depends2:");
    sections.push(`[${section}]`, `version: ${version}`, archive, ...own);
    byName.set(name, sections);
  }
  return parseSetupIni(`${[...byName.values()].flat().join("\n")}\n`);
}
