import assert from "node:assert/strict";
import { test } from "node:test";
import { nextSteps } from "../../../src/cli/init/next-steps.ts";

test("the steps can be pasted, whatever the folder is called", () => {
  const [head, enter, ...steps] = nextSteps("flake", "it's $HOME");
  assert.equal(head, "Next:");
  assert.equal(enter, "  cd 'it'\\''s $HOME'");
  assert.ok(
    steps.every((step) => /^ {2}(casement|git|nix) .* {2}# /.test(step)),
    steps.join("\n"),
  );
  assert.doesNotMatch(nextSteps("flake", ".").join("\n"), /cd /);
});

test("the stand-in is named as what it is before anything else", () => {
  assert.match(nextSteps("stand-in", ".")[0] ?? "", /NOT Windows/);
  assert.doesNotMatch(nextSteps("flake", ".").join("\n"), /stand-in/i);
});
