import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { z } from "zod";
import { idOfLine, parseRequest } from "../../src/agent/parse-request.ts";
import { inputSchema, requestSchema } from "../../src/contract/messages.ts";

const messageSchema = z.union([requestSchema, inputSchema]);
const login = {
  address: "a",
  port: 22,
  user: "u",
  password: "p",
  hostKey: "k",
  access: "cygwin" as const,
  timeoutMs: 5,
};
const valid = [
  { id: 1, type: "wait-for-ssh", address: "192.168.0.1", port: 22, timeoutMs: 10 },
  { id: 2, type: "check-session", ...login, desktopSeconds: 600 },
  { id: 3, type: "describe-load", ...login },
  { id: 8, type: "zero-free-memory", ...login },
  {
    id: 4,
    type: "execute",
    ...login,
    kind: "cmd",
    script: "a.cmd",
    environment: { A: "b" },
    passAsFile: ["text"],
    structuredAttributes: true,
    outputs: { out: "/nix/store/out" },
    makeOutputs: true,
    collect: "always",
    shell: { when: "before", terminal: { type: "xterm", columns: 80, rows: 24 } },
    last: true,
    desktopSeconds: 60,
    setClockEpochSeconds: 5,
    sessionTimeoutMs: 10,
  },
  {
    id: 5,
    type: "execute",
    ...login,
    kind: "bash",
    script: "a",
    environment: {},
    passAsFile: [],
    structuredAttributes: false,
    outputs: {},
    makeOutputs: false,
    collect: "success",
    shell: null,
    desktopSeconds: null,
    last: false,
    setClockEpochSeconds: null,
    sessionTimeoutMs: 10,
  },
  { id: 6, type: "power", action: "restart", ...login },
  { id: 8, type: "draw-randomness" },
  { id: 7, type: "power-off" },
  { id: 1, type: "input", data: "eA==" },
  { id: 1, type: "end-of-input" },
  { id: 1, type: "window", columns: 80, rows: 24 },
];

for (const request of valid) {
  test(`reads a ${request.type} request as the schema does`, () => {
    assert.deepEqual(parseRequest(JSON.stringify(request)), messageSchema.parse(request));
  });
}

test("accepts exactly what the schema of the contract accepts, whichever field is wrong", () => {
  const values = fc.constantFrom(
    null,
    0,
    -1,
    1.5,
    "",
    "x",
    "bash",
    true,
    [],
    {},
    { a: 1 },
    { a: "b" },
    ["a"],
    { when: "after", terminal: null },
    { when: "now", terminal: null },
    { when: "after", terminal: { type: "x", columns: 1, rows: "1" } },
    { when: "after", terminal: null, more: 1 },
    [1],
    "always",
    2 ** 60,
  );
  const keys = fc.constantFrom("extra", ...new Set(valid.flatMap((request) => Object.keys(request))));
  fc.assert(
    fc.property(fc.constantFrom(...valid), keys, fc.option(values), (request, key, value) => {
      const changed: Record<string, unknown> = { ...request };
      if (value === null) delete changed[key];
      else changed[key] = value;
      let accepted = true;
      try {
        parseRequest(JSON.stringify(changed));
      } catch {
        accepted = false;
      }
      assert.equal(accepted, messageSchema.safeParse(changed).success, JSON.stringify(changed));
    }),
    { numRuns: 2000 },
  );
});

for (const [line, message] of [
  ["{", /is not JSON, got "\{"/],
  ["[]", /is not a JSON object/],
  ['{"id":1,"type":"reboot"}', /type: unknown, got "reboot"; allowed: wait-for-ssh, .*power-off/],
  ['{"id":"1","type":"power-off"}', /power-off\.id: expected a whole number, got "1"/],
] as const) {
  test(`says what is wrong with ${line}`, () => {
    assert.throws(() => parseRequest(line), message);
  });
}

test("finds the id of a request that it cannot read, and 0 where there is none", () => {
  assert.deepEqual(['{"id":7,"type":"x"}', '{"id":"7"}', "7", "{"].map(idOfLine), [7, 0, 0, 0]);
});
