import assert from "node:assert/strict";
import { test } from "node:test";
import { finding } from "../../../src/doctor/finding.ts";
import { showFindings, showVerdict } from "../../../src/cli/doctor/show-findings.ts";

const findings = [
  finding("nix", "ok", "2.26"),
  finding("store's room", "warning", "little"),
  finding("kvm", "problem", "closed\nin two lines", "do this", "and that"),
];

test("each finding is a line, with what to do below it", () => {
  assert.deepEqual(showFindings(findings, false), [
    "ok       nix           2.26",
    "warning  store's room  little",
    "problem  kvm           closed",
    "                       in two lines",
    "                       do this",
    "                       and that",
  ]);
});

test("on a terminal the state has a colour, and the columns stay", () => {
  assert.equal(showFindings(findings, true)[0], "\u001b[32mok\u001b[39m       nix           2.26");
});

test("the verdict counts, and says when there was no spec", () => {
  assert.equal(showVerdict(findings, true), "1 problem, 1 warning");
  assert.equal(showVerdict(findings.slice(0, 1), true), "nothing stands in the way of building here");
  assert.match(showVerdict(findings.slice(0, 2), false), /^nothing .*, 1 warning; there is no spec here/);
});
