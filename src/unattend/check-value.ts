import type { Issue } from "../errors.ts";
import type { SettingReference } from "./reference.ts";
import type { XmlElement } from "./xml-element.ts";

/** Checks one plain value: emptiness, type, allowed values, range, length, and the rules that have no place in the reference. */
export function checkValue(element: XmlElement, path: string, setting: SettingReference): Issue[] {
  const { text } = element;
  const fault = (message: string): Issue[] => [{ path, message }];
  if (text === "") {
    return setting.emptyAllowed === true ? [] : fault("an empty element; leave it out");
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
  return checkNames(text, path);
}

function checkInteger(text: string, path: string, setting: SettingReference): Issue[] {
  if (!/^-?\d+$/.test(text)) return [{ path, message: `a whole number, got ${shorten(text)}` }];
  const number = Number(text);
  const { min, max } = setting;
  if ((min === undefined || number >= min) && (max === undefined || number <= max)) return [];
  return [{ path, message: `a whole number from ${min ?? "any"} to ${max ?? "any"}, got ${text}` }];
}

// The limit in windowsPE is not documented; the one of specialize is kept there too.
function lengthLimit(path: string, setting: SettingReference): number | undefined {
  if (/\/RunA?[sS]ynchronous\/RunA?[sS]ynchronousCommand\/Path$/.test(path)) return 259;
  return setting.maxLength;
}

function checkNames(text: string, path: string): Issue[] {
  if (path.endsWith("Microsoft-Windows-Shell-Setup/ComputerName") && text !== "*") {
    if (/[\s{|}~[\]^':;<=>?@!"#$%`()+/.,*&\\]/.test(text)) {
      return [{ path, message: `no white space nor punctuation but - and _, got ${shorten(text)}` }];
    }
    if (/^\d+$/.test(text)) return [{ path, message: `not only digits, got ${shorten(text)}` }];
  }
  if (path.endsWith("/LocalAccounts/LocalAccount/Name")) {
    if (text.length > 20) return [{ path, message: `at most 20 characters, got ${text.length}` }];
    if (/[/\\[\]:;|=,+*?<>"%@]/.test(text) || text.toUpperCase() === "NONE") {
      return [{ path, message: `not a name of an account, got ${shorten(text)}` }];
    }
  }
  return [];
}

function shorten(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}
