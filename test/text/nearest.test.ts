import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { didYouMean, nearest } from "../../src/text/nearest.ts";

describe("nearest", () => {
  const known = ["ComputerName", "TimeZone", "OOBE"];
  const rows = [
    { given: "ComputrName", want: "ComputerName" },
    { given: "timezome", want: "TimeZone" },
    { given: "OOBEE", want: "OOBE" },
    { given: "Completely different", want: undefined },
    { given: "", want: undefined },
    { given: "a".repeat(10_000), want: undefined },
  ];
  for (const { given, want } of rows) {
    test(`${JSON.stringify(given.slice(0, 30))}: ${want ?? "nothing"}`, () =>
      assert.equal(nearest(given, known), want));
  }
});

describe("didYouMean", () => {
  const releases = ["windows-xp", "windows-7", "windows-11-24h2", "windows-11-25h2", "windows-server-2022"];
  const rows = [
    { given: "Windows 11", want: "Did you mean one of windows-11-24h2, windows-11-25h2?" },
    { given: "windows11", want: "Did you mean one of windows-11-24h2, windows-11-25h2?" },
    { given: "server 2022", want: "Did you mean windows-server-2022?" },
    { given: "windows-11-24h3", want: "Did you mean windows-11-24h2?" },
    { given: "debian", want: undefined },
    { given: "", want: undefined },
  ];
  for (const { given, want } of rows) {
    test(`${JSON.stringify(given)}: ${want ?? "nothing"}`, () =>
      assert.equal(didYouMean(given, releases), want));
  }

  test("no list of more than six", () =>
    assert.equal(didYouMean("windows", [...releases, "windows-8.1", "windows-10-22h2"]), undefined));
});
