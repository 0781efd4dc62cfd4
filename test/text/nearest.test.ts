import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { nearest } from "../../src/text/nearest.ts";

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
