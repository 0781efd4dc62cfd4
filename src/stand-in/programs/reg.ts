import { fullKey, Registry, type Value, type ValueType, valueTypes } from "../machine/registry.ts";
import { type Call, print } from "./program.ts";

/** reg add | query | delete on the stand-in's registry. `root` moves the registry for tests. */
export function reg(call: Call, root = ""): number {
  const [verb = "", path = "", ...rest] = call.args;
  const key = fullKey(path);
  const options = parseOptions(rest);
  if (typeof options === "string") return fail(call, `Invalid syntax. ${options}`);
  if (key === undefined) return fail(call, `Invalid key name: ${path}`);
  const registry = Registry.load(root);
  switch (verb.toLowerCase()) {
    case "add":
      return add(call, registry, key, options);
    case "query":
      return query(call, registry, key, options);
    case "delete":
      return remove(call, registry, key, options);
    default:
      return fail(
        call,
        `Invalid syntax. reg ${verb} is not played by the stand-in; it knows add, query, delete`,
      );
  }
}

interface Options {
  name?: string;
  type?: string;
  data?: string;
  force?: true;
  all?: true;
  recursive?: true;
}

function parseOptions(words: readonly string[]): Options | string {
  const options: Options = {};
  for (let at = 0; at < words.length; at++) {
    const word = words[at]?.toLowerCase() ?? "";
    const next = words[at + 1];
    if (["/v", "/t", "/d"].includes(word)) {
      if (next === undefined) return `${word} has no value.`;
      if (word === "/v") options.name = next;
      else if (word === "/t") options.type = next;
      else options.data = next;
      at++;
    } else if (word === "/ve") options.name = "";
    else if (word === "/va") options.all = true;
    else if (word === "/f") options.force = true;
    else if (word === "/s") options.recursive = true;
    else return `Unknown option ${words[at]}.`;
  }
  return options;
}

function add(call: Call, registry: Registry, key: string, options: Options): number {
  if (options.name === undefined) {
    if (options.type !== undefined || options.data !== undefined)
      return fail(call, "Invalid syntax. /t and /d need /v.");
    registry.add(key);
  } else {
    const type = valueTypes.find((each) => each === (options.type ?? "REG_SZ").toUpperCase());
    if (type === undefined) return fail(call, `Invalid syntax. Unknown type ${options.type}.`);
    if (options.force !== true && registry.value(key, options.name) !== undefined) {
      return fail(call, `Value ${options.name} exists, and without /f reg asks a question.`);
    }
    const data = checkData(type, options.data ?? "");
    if (data === undefined) return fail(call, `Invalid syntax. ${options.data} is no ${type}.`);
    registry.add(key, { name: options.name, type, data });
  }
  registry.save();
  print(call.handles.stdout, "The operation completed successfully.", "");
  return 0;
}

/** The data as it is stored, undefined when it does not fit its type. */
function checkData(type: ValueType, data: string): string | undefined {
  if (type === "REG_BINARY") return /^([0-9a-f]{2})*$/i.test(data) ? data.toUpperCase() : undefined;
  if (type !== "REG_DWORD" && type !== "REG_QWORD") return data;
  if (!/^(0x[0-9a-f]+|\d+)$/i.test(data)) return undefined;
  const number = BigInt(data);
  return number < 2n ** (type === "REG_DWORD" ? 32n : 64n) ? `0x${number.toString(16)}` : undefined;
}

function query(call: Call, registry: Registry, key: string, options: Options): number {
  if (options.recursive === true)
    return fail(call, "Invalid syntax. reg query /s is not played by the stand-in.");
  const named = options.name === undefined ? undefined : registry.value(key, options.name);
  if (!registry.has(key) || (options.name !== undefined && named === undefined)) {
    return fail(call, "The system was unable to find the specified registry key or value.");
  }
  const values = named === undefined ? registry.values(key) : [named];
  print(call.handles.stdout, "", key, ...values.map(show));
  if (options.name === undefined) print(call.handles.stdout, "", ...registry.children(key));
  print(call.handles.stdout, "");
  return 0;
}

function show(value: Value): string {
  return `    ${value.name === "" ? "(Default)" : value.name}    ${value.type}    ${value.data}`;
}

function remove(call: Call, registry: Registry, key: string, options: Options): number {
  if (options.force !== true) return fail(call, "Without /f reg delete asks a question.");
  if (options.all === true)
    return fail(call, "Invalid syntax. reg delete /va is not played by the stand-in.");
  if (!registry.delete(key, options.name))
    return fail(call, "The system was unable to find the specified registry key or value.");
  registry.save();
  print(call.handles.stdout, "The operation completed successfully.", "");
  return 0;
}

function fail(call: Call, text: string): number {
  print(call.handles.stderr, `ERROR: ${text}`);
  return 1;
}
