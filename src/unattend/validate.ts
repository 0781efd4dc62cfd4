import type { Issue } from "../errors.ts";
import { nearest } from "../text/nearest.ts";
import type { AnswerTarget } from "./answer-target.ts";
import { checkAccounts } from "./check-accounts.ts";
import { checkCommands } from "./check-commands.ts";
import { checkDisks } from "./check-disks.ts";
import { checkMarks, ownNamespace } from "./check-marks.ts";
import { checkNoQuestions } from "./check-no-questions.ts";
import { checkSettings } from "./check-settings.ts";
import { componentNames, findComponent } from "./reference.ts";
import { passes } from "./tree.ts";
import type { XmlElement } from "./xml-element.ts";

export type { AnswerTarget } from "./answer-target.ts";

/**
 * Everything in an answer file that Windows Setup would refuse, ignore or ask about, after Microsoft's reference and
 * the failures that others met (docs/assumptions.md). No issues do not mean that a real Setup was content with it.
 */
export function checkAnswerFile(document: XmlElement, target: AnswerTarget): Issue[] {
  if (document.name !== "unattend") {
    return [{ path: "", message: `the root has to be unattend, got ${document.name}` }];
  }
  return [
    ...checkMarks(document),
    ...checkBlocks(document, target),
    ...checkDisks(document, target),
    ...checkNoQuestions(document, target),
    ...checkAccounts(document, target),
    ...checkCommands(document),
  ];
}

const allPasses: readonly string[] = passes;

function checkBlocks(document: XmlElement, target: AnswerTarget): Issue[] {
  const issues: Issue[] = [];
  const seen = new Set<string>();
  for (const block of document.children) {
    if (isForeign(block)) continue;
    if (block.name !== "settings") {
      issues.push({
        path: "unattend",
        message: `only settings and servicing may stand in it, got ${block.name}`,
      });
      continue;
    }
    const pass = block.attributes["pass"] ?? "";
    issues.push(...checkPass(block, pass));
    if (!allPasses.includes(pass)) continue;
    for (const component of block.children) {
      const name = component.attributes["name"] ?? "";
      issues.push(...checkComponent(component, pass, target));
      const key = isForOldBrowser(component) ? `${pass}/${name} (wow64)` : `${pass}/${name}`;
      if (seen.has(key.toLowerCase())) {
        issues.push({ path: key, message: "the component stands twice in this pass; only one may" });
      }
      seen.add(key.toLowerCase());
    }
  }
  return issues;
}

// Setup leaves other tools' elements alone, and the order for an offline image is for DISM.
function isForeign(block: XmlElement): boolean {
  const namespace = block.attributes["xmlns"];
  return (
    block.name === "servicing" ||
    block.name.includes(":") ||
    (namespace !== undefined && namespace !== ownNamespace)
  );
}

// The browser of 32 bits beside that of 64, the only component with this architecture (Microsoft, ie-internetexplorer).
function isForOldBrowser(component: XmlElement): boolean {
  return (
    component.attributes["name"]?.toLowerCase() === "microsoft-windows-ie-internetexplorer" &&
    component.attributes["processorArchitecture"] === "wow64"
  );
}

function checkPass(block: XmlElement, pass: string): Issue[] {
  const path = `settings[${pass}]`;
  if (!allPasses.includes(pass)) {
    return [
      { path, message: `not a configuration pass, got ${quote(pass)}; allowed: ${allPasses.join(", ")}` },
    ];
  }
  const issues: Issue[] = [];
  if (block.text.trim() !== "")
    issues.push({ path, message: `text beside components, got ${quote(block.text.trim())}` });
  if (block.attributes["wasPassProcessed"]?.toLowerCase() === "true") {
    issues.push({ path, message: "wasPassProcessed is true, so Setup skips the pass" });
  }
  return issues;
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
  return [...issues, ...checkSettings(component, { component: known, pass, path, family: target.family })];
}

// Setup skips a component whose attributes do not fit, without a word.
function checkAttributes(component: XmlElement, path: string, target: AnswerTarget): Issue[] {
  const wanted: Readonly<Record<string, string>> = {
    processorArchitecture: isForOldBrowser(component) ? "wow64" : target.architecture,
    publicKeyToken: "31bf3856ad364e35",
    language: "neutral",
    versionScope: "nonSxS",
  };
  return Object.entries(wanted).flatMap(([attribute, value]) => {
    const given = component.attributes[attribute];
    if (given?.toLowerCase() === value.toLowerCase()) return [];
    return [{ path, message: `${attribute} has to be "${value}", got ${quote(given)}` }];
  });
}

function quote(text: string | undefined): string {
  return text === undefined ? "nothing" : JSON.stringify(text);
}
