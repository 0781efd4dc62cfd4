import type { Architecture, Family, Firmware, Release } from "../catalogue/release.ts";
import type { Issue } from "../errors.ts";
import { checkDisks } from "./check-disks.ts";
import { checkNoQuestions } from "./check-no-questions.ts";
import { checkSettings } from "./check-settings.ts";
import { nearest } from "../text/nearest.ts";
import { componentNames, findComponent } from "./reference.ts";
import type { XmlElement } from "./xml-element.ts";

/**
 * The machine and the release that the answer file is for. Whoever does not know the release leaves it out: only what
 * holds for every family is asked for then.
 */
export interface AnswerTarget {
  readonly firmware: Firmware;
  readonly architecture: Architecture;
  /** XP and Server 2003 have an answer file of another kind. */
  readonly family?: Exclude<Family, "xp"> | undefined;
  readonly product?: Release["product"] | undefined;
}

/**
 * Everything in an answer file that Windows Setup would refuse, ignore or ask about, after Microsoft's reference and
 * the failures that others met (docs/assumptions.md). No issues do not mean that a real Setup was content with it.
 */
export function checkAnswerFile(document: XmlElement, target: AnswerTarget): Issue[] {
  const issues = checkRoot(document);
  if (document.name !== "unattend") return issues;
  const blocks = document.children.filter((child) => child.name === "settings");
  const seen = new Set<string>();
  for (const block of blocks) {
    const pass = block.attributes["pass"] ?? "";
    if (!allPasses.includes(pass)) {
      issues.push(unknownPass(pass));
      continue;
    }
    for (const component of block.children) {
      const name = component.attributes["name"] ?? "";
      issues.push(...checkComponent(component, pass, target));
      const key = `${pass}/${name}`;
      if (seen.has(key.toLowerCase())) {
        issues.push({ path: key, message: "the component stands twice in this pass; only one may" });
      }
      seen.add(key.toLowerCase());
    }
  }
  return [...issues, ...checkDisks(document, target.firmware), ...checkNoQuestions(document)];
}

const allPasses = [
  "windowsPE",
  "offlineServicing",
  "generalize",
  "specialize",
  "auditSystem",
  "auditUser",
  "oobeSystem",
];

const namespace = "urn:schemas-microsoft-com:unattend";

function checkRoot(document: XmlElement): Issue[] {
  if (document.name !== "unattend") {
    return [{ path: "", message: `the root has to be unattend, got ${document.name}` }];
  }
  const given = document.attributes["xmlns"];
  if (given === namespace) return [];
  return [{ path: "unattend", message: `xmlns has to be "${namespace}", got ${quote(given)}` }];
}

function unknownPass(pass: string): Issue {
  return {
    path: `settings[${pass}]`,
    message: `not a configuration pass, got ${quote(pass)}; allowed: ${allPasses.join(", ")}`,
  };
}

function checkComponent(component: XmlElement, pass: string, target: AnswerTarget): Issue[] {
  const name = component.attributes["name"] ?? "";
  const path = `${pass}/${name}`;
  if (component.name !== "component") {
    return [{ path: pass, message: `only component may stand in settings, got ${component.name}` }];
  }
  const known = findComponent(name);
  if (known === undefined) {
    const near = nearest(name, componentNames());
    return [
      {
        path,
        message: `not a known component, got ${quote(name)}`,
        ...(near === undefined ? {} : { hint: `Did you mean ${near}?` }),
      },
    ];
  }
  const issues = checkAttributes(component, path, target);
  if (!known.passes.includes(pass)) {
    issues.push({
      path,
      message: `the component is not valid in pass ${pass}; allowed: ${known.passes.join(", ")}`,
    });
    return issues;
  }
  return [...issues, ...checkSettings(component, { component: known, pass, path })];
}

// Setup skips a component whose attributes do not fit, without a word.
function checkAttributes(component: XmlElement, path: string, target: AnswerTarget): Issue[] {
  const wanted: Readonly<Record<string, string>> = {
    processorArchitecture: target.architecture,
    publicKeyToken: "31bf3856ad364e35",
    language: "neutral",
    versionScope: "nonSxS",
  };
  return Object.entries(wanted).flatMap(([attribute, value]) => {
    const given = component.attributes[attribute];
    if (given === value) return [];
    return [{ path, message: `${attribute} has to be "${value}", got ${quote(given)}` }];
  });
}

function quote(text: string | undefined): string {
  return text === undefined ? "nothing" : JSON.stringify(text);
}
