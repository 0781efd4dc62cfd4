import { renderAnswerFile } from "../../src/unattend/answer-file.ts";
import { childText, findSettings } from "../../src/unattend/find-settings.ts";
import { parseXml } from "../../src/unattend/parse-xml.ts";
import type { AnswerSettings } from "../../src/unattend/settings.ts";
import type { XmlElement } from "../../src/unattend/xml-element.ts";

/** The texts that the answer file has at a path of a component, in whichever pass. */
export function texts(settings: AnswerSettings, component: string, path: string): string[] {
  return elements(settings, component, path).map((element) => element.text);
}

/** The named children of each element at a path, as far as it has them. */
export function records(
  settings: AnswerSettings,
  component: string,
  path: string,
  names: readonly string[],
): Record<string, string>[] {
  return elements(settings, component, path).map((element) =>
    Object.fromEntries(
      names.flatMap((name) => {
        const text = childText(element, name);
        return text === undefined ? [] : [[name, text]];
      }),
    ),
  );
}

/** Every plain setting of the answer file as `pass/component/path`, list items and all, without doubles. */
export function settingPaths(settings: AnswerSettings): Set<string> {
  const paths = new Set<string>();
  const walk = (element: XmlElement, path: string): void => {
    for (const child of element.children) walk(child, `${path}/${child.name}`);
    if (element.children.length === 0) paths.add(path);
  };
  for (const pass of parseXml(renderAnswerFile(settings)).children) {
    for (const component of pass.children) {
      const { name = "" } = component.attributes;
      for (const child of component.children) walk(child, `${pass.attributes["pass"]}/${name}/${child.name}`);
    }
  }
  return paths;
}

function elements(settings: AnswerSettings, component: string, path: string): XmlElement[] {
  return findSettings(parseXml(renderAnswerFile(settings)), component, path);
}
