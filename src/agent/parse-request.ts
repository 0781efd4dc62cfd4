import type { Input, Request } from "../contract/messages.ts";
import { StepError } from "./step-error.ts";

/**
 * Reads one line of the runtime; says the same as requestSchema and inputSchema of contract/messages.ts (a test compares them),
 * without zod: loading it would cost the controller 0.4 s at every start under TCG. Throws StepError with step `protocol`.
 */
export function parseRequest(line: string): Request | Input {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw refuse(`is not JSON, got ${JSON.stringify(line.slice(0, 200))}`);
  }
  if (!isRecord(value)) throw refuse("is not a JSON object");
  const { type } = value;
  if (!isRequestType(type)) {
    throw refuse(`type: unknown, got ${JSON.stringify(type)}; allowed: ${Object.keys(requests).join(", ")}`);
  }
  const fields: Readonly<Record<string, Check>> = requests[type];
  for (const [name, check] of Object.entries(fields)) {
    if (!check.holds(value[name])) {
      throw refuse(`${type}.${name}: expected ${check.expected}, got ${JSON.stringify(value[name])}`);
    }
  }
  for (const name of Object.keys(value)) {
    if (name !== "type" && !Object.hasOwn(fields, name)) throw refuse(`${type}.${name}: unknown field`);
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every field of the type was checked above
  return value as Request | Input;
}

/** The id of a line that could not be read as a request, so that its failure can be told from others; 0 where there is none. */
export function idOfLine(line: string): number {
  try {
    const value: unknown = JSON.parse(line);
    const id = isRecord(value) ? value["id"] : 0;
    return typeof id === "number" && Number.isSafeInteger(id) ? id : 0;
  } catch {
    return 0;
  }
}

interface Check {
  readonly expected: string;
  readonly holds: (value: unknown) => boolean;
}

const text: Check = { expected: "a string", holds: (value) => typeof value === "string" };
const int: Check = { expected: "a whole number", holds: Number.isSafeInteger };
const positive: Check = {
  expected: "a whole number above 0",
  holds: (value) => typeof value === "number" && Number.isSafeInteger(value) && value > 0,
};
const intOrNull: Check = {
  expected: "a whole number or null",
  holds: (value) => value === null || Number.isSafeInteger(value),
};
const positiveOrNull: Check = {
  expected: "null or a whole number above 0",
  holds: (value) => value === null || positive.holds(value),
};
const shell: Check = {
  expected: "null or a shell: when (before, after or instead) and terminal (null, or type, columns and rows)",
  holds: (value) =>
    value === null ||
    hasFields(value, {
      when: oneOf("before", "after", "instead"),
      terminal: {
        expected: "a terminal",
        holds: (terminal) =>
          terminal === null || hasFields(terminal, { type: text, columns: int, rows: int }),
      },
    }),
};
const texts: Check = {
  expected: "an object of strings",
  holds: (value) => isRecord(value) && Object.values(value).every((entry) => typeof entry === "string"),
};
const list: Check = {
  expected: "a list of strings",
  holds: (value) => Array.isArray(value) && value.every((entry) => typeof entry === "string"),
};
const truth: Check = { expected: "true or false", holds: (value) => typeof value === "boolean" };
const kind = oneOf("bash", "cmd", "powershell");
const access = oneOf("cygwin", "openssh");

const login = {
  id: int,
  address: text,
  port: int,
  user: text,
  password: text,
  hostKey: text,
  access,
  timeoutMs: positive,
};

const requests: Readonly<Record<(Request | Input)["type"], Readonly<Record<string, Check>>>> = {
  "wait-for-ssh": { id: int, address: text, port: int, timeoutMs: positive },
  "zero-free-memory": login,
  "check-session": { ...login, desktopSeconds: positiveOrNull },
  "describe-load": login,
  execute: {
    ...login,
    kind,
    script: text,
    environment: texts,
    passAsFile: list,
    structuredAttributes: truth,
    outputs: texts,
    makeOutputs: truth,
    collect: oneOf("success", "always", "never"),
    shell,
    desktopSeconds: positiveOrNull,
    last: truth,
    setClockEpochSeconds: intOrNull,
    sessionTimeoutMs: positive,
  },
  power: { ...login, action: oneOf("restart", "shut-down") },
  "draw-randomness": { id: int },
  "power-off": { id: int },
  input: { id: int, data: text },
  "end-of-input": { id: int },
  window: { id: int, columns: int, rows: int },
};

function hasFields(value: unknown, fields: Readonly<Record<string, Check>>): boolean {
  if (!isRecord(value) || Object.keys(value).some((name) => !Object.hasOwn(fields, name))) return false;
  return Object.entries(fields).every(([name, check]) => check.holds(value[name]));
}

function oneOf(...words: readonly string[]): Check {
  return { expected: `one of ${words.join(", ")}`, holds: (value) => words.some((word) => word === value) };
}

function isRequestType(value: unknown): value is (Request | Input)["type"] {
  return typeof value === "string" && Object.hasOwn(requests, value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function refuse(what: string): StepError {
  return new StepError("protocol", `request: ${what}`);
}
