import type { Issue } from "../errors.ts";
import { faultOfForm } from "./check-form.ts";
import type { SettingReference } from "./reference.ts";
import type { XmlElement } from "./xml-element.ts";

/** Checks one plain value: emptiness, type, allowed values, range, length, and the forms that have no place in the reference. */
export function checkValue(element: XmlElement, path: string, setting: SettingReference): Issue[] {
  const { text } = element;
  const fault = (message: string): Issue[] => [{ path, message }];
  if (text.trim() === "") {
    return setting.emptyAllowed === true && text === "" ? [] : fault("an empty element; leave it out");
  }
  // White space is part of the value and counts to its length.
  switch (setting.type) {
    case "boolean":
      if (!/^(?:true|false)$/i.test(text)) return fault(`allowed: true, false, got ${shorten(text)}`);
      break;
    case "enum": {
      const values = setting.values ?? [];
      if (!values.some((value) => value.toLowerCase() === text.toLowerCase())) {
        return fault(`allowed: ${values.join(", ")}, got ${shorten(text)}`);
      }
      break;
    }
    case "integer":
      return checkInteger(text, path, setting);
    default:
      break;
  }
  const limit = lengthLimit(path, setting);
  if (limit !== undefined && text.length > limit) {
    return fault(`at most ${limit} characters, got ${text.length}: ${shorten(text)}`);
  }
  if (setting.minLength !== undefined && text.length < setting.minLength) {
    return fault(`at least ${setting.minLength} characters, got ${text.length}`);
  }
  const wrong = faultOfForm(text, path);
  return wrong === undefined ? [] : fault(`${wrong}, got ${shorten(text)}`);
}

function checkInteger(text: string, path: string, setting: SettingReference): Issue[] {
  if (!/^-?\d+$/.test(text)) return [{ path, message: `a whole number, got ${shorten(text)}` }];
  const number = Number(text);
  const { min, max } = setting;
  if ((min === undefined || number >= min) && (max === undefined || number <= max)) return [];
  return [{ path, message: `a whole number from ${min ?? "any"} to ${max ?? "any"}, got ${text}` }];
}

// Limits in windowsPE are not documented; those of specialize are kept there too.
function lengthLimit(path: string, setting: SettingReference): number | undefined {
  if (/\/RunA?synchronous\/RunA?synchronousCommand\/(?:Path|Description)$/i.test(path)) return 259;
  return setting.maxLength;
}

function shorten(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}
