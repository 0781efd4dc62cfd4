import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { z } from "zod";
import { about } from "../nix/about-machine.ts";
import { countCalls, evaluate, skipWithoutNix } from "../nix/nix-tool.ts";

/** A run on so many layers, one on the other. */
const runOn = (count: number): string =>
  about(`
    let
      add = machine: number: machine.layer {
        name = "layer-\${toString number}";
        command = "echo \${toString number}";
      };
      top = builtins.foldl' add windows (builtins.genList (number: number) ${count});
    in
    [ (top.runCommand "last" { } "true").drvPath top.name (builtins.length top.layers) ]`);

describe("many layers", { skip: skipWithoutNix }, () => {
  // Calls are counted, so that a busy machine makes no difference.
  test("cost as much each, however many there are", () => {
    const [none, ten, forty] = [0, 10, 40].map((count) => countCalls(runOn(count)));
    assert.ok(none !== undefined && ten !== undefined && forty !== undefined);
    const [lower, upper] = [(ten - none) / 10, (forty - ten) / 30];
    assert.ok(lower > 5, `only ${lower} calls for a layer: it was not evaluated`);
    assert.ok(upper < 1.5 * lower, `${lower} calls for each of ten layers, ${upper} for each of thirty more`);
  });

  test("have a name that Nix takes, and that caches know", () => {
    const nameOf = (count: number): string => {
      const [, name, layers] = z.tuple([z.string(), z.string(), z.number()]).parse(evaluate(runOn(count)));
      assert.equal(layers, count);
      return name;
    };
    assert.equal(nameOf(3), "casement-win11-layer-0-layer-1-layer-2-snapshot");
    assert.equal(nameOf(40), "casement-win11-40-layers-layer-39-snapshot");
  });
});
