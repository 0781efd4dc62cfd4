import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { parseSetupIni } from "../../../src/cygwin/setup-ini/parse.ts";
import { printSetupIni } from "../../../src/cygwin/setup-ini/print.ts";
import { SetupIniError } from "../../../src/cygwin/setup-ini/setup-ini-error.ts";
import { anySetupIni } from "./arbitrary.ts";
import { bigList } from "./big-list.ts";

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

describe("parseSetupIni on long lists", () => {
  test("takes 10 MB in less than a second", () => {
    const text = bigList(12_000);
    assert.ok(text.length > 10e6, `${text.length}`);
    const took = bestOf(3, () => parseSetupIni(text));
    assert.ok(took < 1000, `${took} ms`);
  });

  // Quadratic time would be sixteen times as much.
  for (const [what, make] of [
    ["packages", (count: number) => bigList(count * 10)],
    ["lines of one description", (count: number) => `@ a\nldesc: "${"text\r\n".repeat(count * 4000)}"\n`],
    [
      "dependencies of one package",
      (count: number) => `@ a\ndepends2: b${", b (> 1)".repeat(count * 500)}\n`,
    ],
    ["sections of one package", (count: number) => `@ a\n${"[prev]\nversion: 1\n".repeat(count * 300)}`],
    [
      "lines before a quotation mark that is never closed",
      (count: number) => `${'x: "\n'.repeat(count * 2000)}@ "`,
    ],
    ["blank lines", (count: number) => "\n".repeat(count * 4000)],
    ["characters of one word", (count: number) => `@ ${"a".repeat(count * 10_000)}\n`],
  ] as const) {
    test(`takes about four times the time for four times the ${what}`, () => {
      const [small, large] = [make(25), make(100)];
      bestOf(2, () => parseOrFail(large));
      const ratio =
        bestOf(5, () => parseOrFail(large)) /
        Math.max(
          bestOf(5, () => parseOrFail(small)),
          0.5,
        );
      assert.ok(ratio < 10, `ratio ${ratio}`);
    });
  }
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

// Processor time in ms: other work on the machine does not count.
function bestOf(times: number, work: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let time = 0; time < times; time++) {
    const started = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(started);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}
