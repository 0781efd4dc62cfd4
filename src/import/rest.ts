import { findComponent, type ComponentReference } from "../unattend/reference.ts";
import type { ExtraSetting, ExtraValue } from "../unattend/settings.ts";
import type { XmlElement } from "../unattend/xml-element.ts";
import type { AnswerComponent, AnswerReader } from "./answer-reader.ts";

/** A setting that no field of the spec took, as an extra setting. */
export interface Rest {
  readonly place: string;
  readonly extra: ExtraSetting;
  /** Undefined for a group or an item. */
  readonly text: string | undefined;
}

/** Everything that was not taken, one for each setting, and one for all items of a list. */
export function readRest(reader: AnswerReader): Rest[] {
  return reader.components.flatMap((component) => {
    const reference = findComponent(component.name);
    if (reference === undefined) {
      if (component.element.children.some((child) => !reader.isTaken(child))) {
        reader.leave(`${component.pass}/${component.name}`, "is not a component of Microsoft's reference");
      }
      return [];
    }
    return below(component.element, "", { reader, component, reference });
  });
}

interface Walk {
  readonly reader: AnswerReader;
  readonly component: AnswerComponent;
  readonly reference: ComponentReference;
}

function below(element: XmlElement, path: string, walk: Walk): Rest[] {
  const left = element.children.filter((child) => !walk.reader.isTaken(child));
  return [...Map.groupBy(left, ({ name }) => name.toLowerCase()).values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const place = path === "" ? first.name : `${path}/${first.name}`;
    const known = walk.reference.find(place)?.setting;
    if (known?.listItem === true || known?.keyValue === true) {
      return [
        rest(
          place,
          group.map((item) => itemValue(item, place, walk)),
          undefined,
          walk,
        ),
      ];
    }
    return group.flatMap((each) => {
      if (each.children.length > 0) return below(each, place, walk);
      const text = each.text.trim();
      return text === "" ? [] : [rest(place, leafValue(text, known?.type), text, walk)];
    });
  });
}

function rest(path: string, value: ExtraValue, text: string | undefined, { component }: Walk): Rest {
  const { pass, name } = component;
  return { place: `${pass}/${name}/${path}`, extra: { component: name, pass, path, value }, text };
}

function itemValue(item: XmlElement, path: string, walk: Walk): ExtraValue {
  const key = item.attributes["wcm:keyValue"];
  const keyed = key === undefined ? {} : { keyValue: key };
  if (item.children.length === 0) {
    const value = leafValue(item.text.trim(), walk.reference.find(path)?.setting.type);
    return key === undefined ? value : { ...keyed, value };
  }
  return { ...keyed, ...groupValue(item, path, walk) };
}

function groupValue(element: XmlElement, path: string, walk: Walk): Record<string, ExtraValue> {
  const groups = Map.groupBy(element.children, ({ name }) => name);
  return Object.fromEntries(
    [...groups].map(([name, children]): [string, ExtraValue] => {
      const place = `${path}/${name}`;
      const known = walk.reference.find(place)?.setting;
      if (known?.listItem === true || known?.keyValue === true) {
        return [name, children.map((child) => itemValue(child, place, walk))];
      }
      const [child] = children;
      if (child === undefined || child.children.length === 0) {
        return [name, leafValue(child?.text.trim() ?? "", known?.type)];
      }
      return [name, groupValue(child, place, walk)];
    }),
  );
}

function leafValue(text: string, type: string | undefined): string | number | boolean {
  if (type === "boolean" && /^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
  if (type === "integer" && /^-?\d{1,15}$/.test(text)) return Number(text);
  return text;
}
