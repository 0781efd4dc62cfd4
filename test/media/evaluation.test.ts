import assert from "node:assert/strict";
import { test } from "node:test";
import { evaluationEnd } from "../../src/media/evaluation.ts";

test("an evaluation ends 90 days after the installation on clients, 180 on servers", () => {
  const today = new Date("2026-11-22T23:59:00Z");
  assert.equal(evaluationEnd("client", today), "2027-02-20");
  assert.equal(evaluationEnd("server", today), "2027-05-21");
});
