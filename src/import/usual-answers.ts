import type { Plan } from "../plan/plan.ts";
import { answerSettings } from "../artifacts/settings.ts";
import { renderAnswerFile } from "../unattend/answer-file.ts";
import { parseXml } from "../unattend/parse-xml.ts";
import type { XmlElement } from "../unattend/xml-element.ts";

/** What casement's own answer file for a plan says: values by their place in lower case. */
export interface UsualAnswers {
  readonly values: ReadonlyMap<string, string>;
  /** Command lines of all passes. */
  readonly commands: ReadonlySet<string>;
}

/** The answer file of a plan, taken apart. */
export function usualAnswers(plan: Plan): UsualAnswers {
  const root = parseXml(renderAnswerFile(answerSettings(plan)));
  const values = new Map<string, string>();
  const commands = new Set<string>();
  const walk = (element: XmlElement, place: string): void => {
    for (const child of element.children) {
      const below = `${place}/${child.name}`.toLowerCase();
      if (child.children.length > 0) walk(child, below);
      else values.set(below, child.text);
      if (child.name === "Path" || child.name === "CommandLine") commands.add(child.text.trim());
    }
  };
  for (const settings of root.children) {
    for (const component of settings.children) {
      walk(component, `${settings.attributes["pass"]}/${component.attributes["name"]}`);
    }
  }
  return { values, commands };
}
