import { InternalError } from "../errors.ts";
import { escapeXml } from "../text/xml.ts";
import { type Component, passes, type Setting } from "./tree.ts";

/**
 * The components as an answer file: ASCII with character references, CR LF, two spaces of indentation, passes in
 * Setup's order. Text is never wrapped: white space inside a Path counts to its length. Throws where a pass names a
 * component twice, because Setup takes one of the two.
 */
export function printAnswerFile(architecture: string, components: readonly Component[]): string {
  const lines = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<unattend xmlns="urn:schemas-microsoft-com:unattend" xmlns:wcm="http://schemas.microsoft.com/WMIConfig/2002/State">',
  ];
  for (const pass of passes) {
    const own = components.filter((component) => component.pass === pass);
    if (own.length === 0) continue;
    if (new Set(own.map((component) => component.name)).size < own.length) {
      throw new InternalError(`answer file: pass ${pass} has a component twice`);
    }
    lines.push(`  <settings pass="${pass}">`);
    for (const component of own) lines.push(...printComponent(architecture, component));
    lines.push("  </settings>");
  }
  lines.push("</unattend>", "");
  return lines.join("\r\n");
}

/** What Setup finds a component by. */
export function componentAttributes(architecture: string, name: string): Record<string, string> {
  return {
    name,
    processorArchitecture: architecture,
    publicKeyToken: "31bf3856ad364e35",
    language: "neutral",
    versionScope: "nonSxS",
  };
}

function printComponent(architecture: string, component: Component): string[] {
  const attributes = Object.entries(componentAttributes(architecture, component.name)).map(
    ([name, value]) => `${name}="${escapeXml(value)}"`,
  );
  return [
    `    <component ${attributes.join(" ")}>`,
    ...component.settings.flatMap((setting) => printSetting(setting, "      ")),
    "    </component>",
  ];
}

function printSetting(setting: Setting, indent: string): string[] {
  const { name } = setting;
  if (setting.kind === "value") return [`${indent}<${name}>${escapeXml(String(setting.value))}</${name}>`];
  if (setting.kind === "keyed") {
    return [`${indent}<${name} wcm:action="add"${keyOf(setting.key)}>${escapeXml(setting.value)}</${name}>`];
  }
  const open = setting.kind === "item" ? `${name} wcm:action="add"${keyOf(setting.key)}` : name;
  return [
    `${indent}<${open}>`,
    ...setting.settings.flatMap((inner) => printSetting(inner, `${indent}  `)),
    `${indent}</${name}>`,
  ];
}

function keyOf(key: string | null): string {
  return key === null ? "" : ` wcm:keyValue="${escapeXml(key)}"`;
}
