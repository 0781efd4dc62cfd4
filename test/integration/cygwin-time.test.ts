import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { resolvePackages } from "../../src/cygwin/resolve/resolve.ts";
import { parseSetupIni } from "../../src/cygwin/setup-ini/parse.ts";
import { SetupIniError } from "../../src/cygwin/setup-ini/setup-ini-error.ts";
import { bigList } from "../cygwin/setup-ini/big-list.ts";

// Here, because nothing runs beside an integration test: a busy machine is no fault of the parser.
describe("Cygwin's lists at full size", () => {
  test("takes 10 MB in less than a second", () => {
    const text = bigList(12_000);
    assert.ok(text.length > 10e6, `${text.length}`);
    const took = bestOf(3, () => parseSetupIni(text));
    assert.ok(took < 1000, `${took} ms`);
  });

  // Quadratic time would be sixteen times as much.
  for (const [what, make] of [
    ["packages", (count: number) => bigList(count * 10)],
    // So long that the small one, too, is more than what V8 keeps for young objects.
    ["lines of one description", (count: number) => `@ a\nldesc: "${"text\r\n".repeat(count * 32_000)}"\n`],
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
      assert.ok(growth(small, large) < 10);
    });
  }

  test("resolves ten thousand packages in less than a second of processor time", () => {
    const list = parseSetupIni(
      `${bigList(10_000)}\n@ cygwin\nversion: 3.5-1\ninstall: c 1 ${"0".repeat(128)}\n`,
    );
    const wanted = list.packages.map(({ name }) => name);
    const took = bestOf(3, () => assert.equal(resolvePackages(list, wanted, "10.0.19045").length, 10_001));
    assert.ok(took < 1000, `${took} ms`);
  });
});

/** How many times as long the large text takes as the small one; measured again where the machine was disturbed. */
function growth(small: string, large: string): number {
  let ratio = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 4 && ratio >= 10; attempt++) {
    const base = Math.max(
      bestOf(7, () => parse(small)),
      0.5,
    );
    ratio = bestOf(7, () => parse(large)) / base;
  }
  return ratio;
}

function parse(text: string): void {
  try {
    parseSetupIni(text);
  } catch (error) {
    if (!(error instanceof SetupIniError)) throw error;
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
