import type { Issue } from "../errors.ts";
import { nearest } from "../text/nearest.ts";
import { parseWinntSif, type SifEntry } from "./parse-winnt-sif.ts";
import {
  requiredSifSections,
  sectionReferences,
  type SifSectionRule,
  sifSections,
  unattendedValues,
} from "./winnt-sif-keys.ts";
import { winntTimeZoneIds, winntTimeZone } from "./winnt-sif-time-zones.ts";

/**
 * Everything in a winnt.sif that Setup of XP or Server 2003 would refuse, misread, ignore or ask about, as far as
 * winnt-sif-keys.ts knows. No issues do not mean that a real Setup was content with it.
 */
export function checkWinntSif(text: string, product: "client" | "server" = "client"): Issue[] {
  const { sections, entries, issues } = parseWinntSif(text);
  const required = [...requiredSifSections, ...(product === "server" ? ["LicenseFilePrintData"] : [])];
  return [
    ...issues,
    ...twice(sections, "the section stands twice"),
    ...twice(
      entries.map(({ section, key }) => `${section}/${key}`),
      "the entry stands twice, and Setup reads one of them",
    ),
    ...required
      .filter((name) => !has(sections, name))
      .map((name) => ({ path: name, message: "the section is required and missing" })),
    ...sections.flatMap((name) => checkSection(name, entries)),
    ...entries.flatMap((entry) => checkEntry(entry)),
    ...checkReferences(sections, entries),
    ...checkCommands(entries),
  ];
}

function checkSection(name: string, entries: readonly SifEntry[]): Issue[] {
  const rule = ruleOf(name);
  if (rule === undefined) {
    const close = nearest(name, Object.keys(sifSections));
    return [
      {
        path: name,
        message: "is not a section that is known",
        ...(close === undefined ? {} : { hint: `Did you mean [${close}]?` }),
      },
    ];
  }
  const keys = entries.filter(({ section }) => same(section, name)).map(({ key }) => key);
  return rule.required
    .filter((key) => !has(keys, key))
    .map((key) => ({ path: `${name}/${key}`, message: "the entry is required and missing" }));
}

function checkEntry({ section, key, value }: SifEntry): Issue[] {
  const rule = ruleOf(section);
  if (rule === undefined || same(section, "GuiRunOnce")) return [];
  const path = `${section}/${key}`;
  const form = Object.entries(rule.keys).find(([name]) => same(name, key))?.[1];
  if (form === undefined) {
    const close = nearest(key, Object.keys(rule.keys));
    return [
      {
        path,
        message: "is not an entry of this section that is known",
        ...(close === undefined ? {} : { hint: `Did you mean ${close}?` }),
      },
    ];
  }
  if (!form.pattern.test(value)) return [{ path, message: `has to be ${form.words}, got ${value}` }];
  const silent = Object.entries(unattendedValues).find(([name]) => same(name, path))?.[1];
  if (silent !== undefined && !same(silent, value))
    return [{ path, message: `Setup would ask or leave the disk alone, got ${value}; allowed: ${silent}` }];
  if (same(key, "TimeZone") && !timeZoneNumbers.has(Number(value)))
    return [{ path, message: `is no number of Microsoft's time zone index, got ${value}` }];
  return [];
}

const timeZoneNumbers = new Set(winntTimeZoneIds().map((id) => winntTimeZone(id)));

// A section that is named and missing is passed over by Setup without a word.
function checkReferences(sections: readonly string[], entries: readonly SifEntry[]): Issue[] {
  const adapters = entries.filter(({ section }) => same(section, "NetAdapters")).map(({ key }) => key);
  return entries.flatMap(({ section, key, value }) => {
    const path = `${section}/${key}`;
    if (same(key, "SpecificTo") && !has(adapters, value))
      return [{ path, message: `[NetAdapters] has no adapter of this name, got ${value}` }];
    if (!has(sectionReferences, path)) return [];
    return value
      .split(",")
      .filter((name) => !has(sections, name))
      .map((name) => ({ path, message: `names a section that is missing, got ${name}` }));
  });
}

// Setup stops at the first number that is missing. 259 characters fit the value of RunOnce that each becomes.
function checkCommands(entries: readonly SifEntry[]): Issue[] {
  return entries
    .filter(({ section }) => same(section, "GuiRunOnce"))
    .flatMap(({ key, value }, index) => {
      const path = `GuiRunOnce/${key}`;
      if (!same(key, `Command${index}`))
        return [
          { path, message: `commands are numbered from 0 without gaps, got ${key} for Command${index}` },
        ];
      if (value === "" || value.length > 259)
        return [{ path, message: `a command has 1 to 259 characters, got ${value.length}` }];
      return [];
    });
}

function twice(names: readonly string[], message: string): Issue[] {
  return names
    .filter((name, index) => names.findIndex((other) => same(other, name)) < index)
    .map((path) => ({ path, message }));
}

function ruleOf(section: string): SifSectionRule | undefined {
  return Object.entries(sifSections).find(([name]) => same(name, section))?.[1];
}

function has(names: readonly string[], name: string): boolean {
  return names.some((other) => same(other, name));
}

function same(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
