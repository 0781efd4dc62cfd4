import { ownNamespace, wcmNamespace } from "./check-marks.ts";
import { componentAttributes } from "./print.ts";
import { type Component, passes, type Setting } from "./tree.ts";
import type { XmlElement } from "./xml-element.ts";

/** The components as the document that a parser would make of the printed file, without one. */
export function toDocument(architecture: string, components: readonly Component[]): XmlElement {
  const blocks = passes.flatMap((pass) => {
    const own = components.filter((component) => component.pass === pass);
    if (own.length === 0) return [];
    return [
      holder(
        "settings",
        own.map((component) => componentElement(architecture, component)),
        { pass },
      ),
    ];
  });
  return holder("unattend", blocks, { xmlns: ownNamespace, "xmlns:wcm": wcmNamespace });
}

function componentElement(architecture: string, { name, settings }: Component): XmlElement {
  return holder("component", settings.map(settingElement), componentAttributes(architecture, name));
}

function settingElement(setting: Setting): XmlElement {
  const { kind, name } = setting;
  if (kind === "value") return { name, attributes: {}, children: [], text: String(setting.value) };
  if (kind === "keyed") return { name, attributes: marks(setting.key), children: [], text: setting.value };
  const attributes = kind === "item" ? marks(setting.key) : {};
  return holder(name, setting.settings.map(settingElement), attributes);
}

function marks(key: string | null): Record<string, string> {
  return { "wcm:action": "add", ...(key === null ? {} : { "wcm:keyValue": key }) };
}

function holder(
  name: string,
  children: readonly XmlElement[],
  attributes: Readonly<Record<string, string>> = {},
): XmlElement {
  return { name, attributes, children, text: "" };
}
