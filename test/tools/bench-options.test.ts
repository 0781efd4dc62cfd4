import assert from "node:assert/strict";
import test from "node:test";
import { parseOptions } from "../../tools/bench/options.ts";
import { caseNames } from "../../tools/bench/row.ts";

test("without arguments every case runs five times and a person reads the result", () => {
  assert.deepEqual(parseOptions([]), { json: false, runs: 5, only: [...caseNames] });
});

for (const argv of [
  ["--only", "run,revive"],
  ["--only", "run", "--only", "revive"],
]) {
  test(`${argv.join(" ")} keeps two cases, in the table's order`, () => {
    assert.deepEqual(parseOptions([...argv, "--json", "--runs", "7"]), {
      json: true,
      runs: 7,
      only: ["revive", "run"],
    });
  });
}

test("--svg says where the run's timeline is drawn", () => {
  const svg = "docs/run.svg";
  assert.deepEqual(parseOptions(["--only", "run", "--svg", svg]), {
    json: false,
    runs: 5,
    only: ["run"],
    svg,
  });
});

test("--plots says where what grows is drawn", () => {
  assert.deepEqual(parseOptions(["--only", "growth", "--plots", "docs/plots"]), {
    json: false,
    runs: 5,
    only: ["growth"],
    plots: "docs/plots",
  });
});

test("--help asks for the usage", () => {
  assert.equal(parseOptions(["--help"]), "help");
});

for (const { argv, message } of [
  { argv: ["--runs", "0"], message: /--runs: not a count, got '0'; allowed: 1 to 1000/ },
  { argv: ["--runs", "many"], message: /--runs: not a count, got 'many'/ },
  { argv: ["--only", "rum"], message: /--only: no such case, got 'rum'; allowed: revive, freeze/ },
  {
    argv: ["--svg", "run.png"],
    message: /--svg: not a file for a picture, got 'run.png'; allowed: FILE.svg/,
  },
  {
    argv: ["--svg", "run.svg", "--only", "revive"],
    message: /--svg: draws a run, and --only leaves runs out/,
  },
  {
    argv: ["--plots", "docs/plots", "--only", "run"],
    message: /--plots: draws the cases growth and concurrent/,
  },
  { argv: ["--fast"], message: /--fast/ },
]) {
  test(`${argv.join(" ")} is refused`, () => {
    assert.throws(() => parseOptions(argv), message);
  });
}
