import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { parseSetupIni } from "../../src/cygwin/setup-ini/parse.ts";
import { printSetupIni } from "../../src/cygwin/setup-ini/print.ts";
import { SetupIniError } from "../../src/cygwin/setup-ini/setup-ini-error.ts";
import { anySetupIni } from "../cygwin/setup-ini/arbitrary.ts";
import { bigList } from "../cygwin/setup-ini/big-list.ts";

describe("parseSetupIni on broken lists", () => {
  test("ends with a list or a SetupIniError within the text, whatever is cut off, put in or changed", () => {
    const change = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      drop: fc.nat({ max: 20 }),
      insert: fc.oneof(
        fc.constantFrom('"', "\n", "@", "[", "(", ",", "#", ":", "\0", "\r\n", "version: ", "install: "),
        fc.string({ maxLength: 5 }),
      ),
    });
    fc.assert(
      fc.property(anySetupIni(), fc.array(change, { minLength: 1, maxLength: 4 }), (list, changes) => {
        let text = printSetupIni(list);
        for (const { at, drop, insert } of changes) {
          const place = Math.floor(at * text.length);
          text = text.slice(0, place) + insert + text.slice(place + drop);
        }
        parseOrFail(text);
      }),
      { numRuns: 300 },
    );
  });

  test("ends so for any text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), parseOrFail), { numRuns: 300 });
  });

  test("ends so for a list that is cut off anywhere", () => {
    const text = bigList(2);
    for (let length = 0; length <= text.length; length++) parseOrFail(text.slice(0, length));
  });
});

function parseOrFail(text: string): void {
  try {
    parseSetupIni(text);
  } catch (error) {
    assert.ok(error instanceof SetupIniError, String(error));
    const line = text.split("\n")[error.line - 1];
    assert.ok(line !== undefined && error.column >= 1 && error.column <= line.length + 1, error.message);
  }
}
