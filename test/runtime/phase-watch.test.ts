import assert from "node:assert/strict";
import { test } from "node:test";
import { createPhaseWatch } from "../../src/runtime/phase-watch.ts";

const announces = (phase: string): string => `@nix { "action": "setPhase", "phase": "${phase}" }\n`;

for (const [title, chunks, want] of [
  ["no phase where none was announced", ["making all\n"], undefined],
  ["the last one", [announces("unpackPhase"), "text\n", announces("checkPhase"), "text\n"], "checkPhase"],
  [
    "one whose line comes in parts, with CR",
    ['@nix { "action": "setP', 'hase", "phase": "buildPhase" }\r\n'],
    "buildPhase",
  ],
  ["one without blanks", ['@nix {"action":"setPhase","phase":"a"}\n'], "a"],
  ["not what only mentions a phase", [`echo '${announces("x").trim()}'\n`, " @nix\n"], undefined],
] as const) {
  test(`follows phases: ${title}`, () => {
    const watch = createPhaseWatch();
    for (const chunk of chunks) watch.push("stderr", Buffer.from(chunk));
    assert.equal(watch.current(), want);
  });
}

test("follows phases: the streams do not mix", () => {
  const watch = createPhaseWatch();
  watch.push("stdout", Buffer.from("a line without an end"));
  watch.push("stderr", Buffer.from(announces("installPhase")));
  assert.equal(watch.current(), "installPhase");
});
