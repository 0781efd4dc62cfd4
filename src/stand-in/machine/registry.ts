import { loadState, stateFile, writeState, writeWhole } from "./files.ts";
import { toUnixSearchPath } from "./paths.ts";

export const valueTypes = [
  "REG_SZ",
  "REG_EXPAND_SZ",
  "REG_MULTI_SZ",
  "REG_DWORD",
  "REG_QWORD",
  "REG_BINARY",
] as const;
export type ValueType = (typeof valueTypes)[number];

export interface Value {
  readonly name: string;
  readonly type: ValueType;
  readonly data: string;
}

interface Key {
  /** As it was first spelled. */
  readonly path: string;
  readonly values: Record<string, Value>;
}

/** The registry as one JSON file; keys and value names compare without case. */
export class Registry {
  readonly #file: string;
  readonly #root: string;
  readonly #keys: Record<string, Key>;

  private constructor(root: string, keys: Record<string, Key>) {
    this.#root = root;
    this.#file = stateFile("registry.json", root);
    this.#keys = keys;
  }

  static load(root = ""): Registry {
    return new Registry(root, loadState(stateFile("registry.json", root), {}));
  }

  has(path: string): boolean {
    return this.#keys[path.toLowerCase()] !== undefined;
  }

  add(path: string, value?: Value): void {
    const parts = path.split("\\");
    parts.forEach((_, index) => {
      const parent = parts.slice(0, index + 1).join("\\");
      this.#keys[parent.toLowerCase()] ??= { path: parent, values: {} };
    });
    const key = this.#keys[path.toLowerCase()];
    if (key !== undefined && value !== undefined) key.values[value.name.toLowerCase()] = value;
  }

  value(path: string, name: string): Value | undefined {
    return this.#keys[path.toLowerCase()]?.values[name.toLowerCase()];
  }

  values(path: string): readonly Value[] {
    return Object.values(this.#keys[path.toLowerCase()]?.values ?? {});
  }

  children(path: string): readonly string[] {
    const prefix = `${path.toLowerCase()}\\`;
    return Object.entries(this.#keys)
      .filter(([key]) => key.startsWith(prefix) && !key.slice(prefix.length).includes("\\"))
      .map(([, key]) => key.path);
  }

  /** True when there was something to delete. */
  delete(path: string, name?: string): boolean {
    const key = path.toLowerCase();
    if (name !== undefined) {
      const values = this.#keys[key]?.values;
      if (values?.[name.toLowerCase()] === undefined) return false;
      delete values[name.toLowerCase()];
      return true;
    }
    const gone = Object.keys(this.#keys).filter((each) => each === key || each.startsWith(`${key}\\`));
    for (const each of gone) delete this.#keys[each];
    return gone.length > 0;
  }

  save(): void {
    writeState(this.#file, this.#keys);
    const path = this.value(machineEnvironment, "Path");
    if (path !== undefined) writeWhole(stateFile("path", this.#root), `${searchPath(path.data)}\n`);
  }
}

/** Where the variables of every session are; a login reads Path of it (stand-in/session-start). */
export const machineEnvironment =
  "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment";

function searchPath(data: string): string {
  return toUnixSearchPath(data.replaceAll(/%SystemRoot%/gi, "C:\\Windows"));
}

const hives: Readonly<Record<string, string>> = {
  HKLM: "HKEY_LOCAL_MACHINE",
  HKCU: "HKEY_CURRENT_USER",
  HKCR: "HKEY_CLASSES_ROOT",
  HKU: "HKEY_USERS",
  HKCC: "HKEY_CURRENT_CONFIG",
};

/** Full spelling of a key; undefined when it names no hive. */
export function fullKey(path: string): string | undefined {
  const [hive = "", ...rest] = path.replace(/\\+$/, "").split("\\");
  const full = hives[hive.toUpperCase()] ?? Object.values(hives).find((each) => each === hive.toUpperCase());
  return full === undefined || rest.includes("") ? undefined : [full, ...rest].join("\\");
}
