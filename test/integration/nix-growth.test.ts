import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { z } from "zod";
import { printLock } from "../../src/cygwin/lock/lock-file.ts";
import { printPrunedList } from "../../src/cygwin/lock/pruned-list.ts";
import { madeUpLock } from "../cygwin/made-up-lock.ts";
import { about } from "../nix/about-machine.ts";
import {
  copyMachine,
  countCalls,
  evaluate,
  repository,
  scratch,
  skipWithoutNix,
  toolPkgs,
} from "../nix/nix-tool.ts";

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

// Calls are counted, so that a busy machine makes no difference.
describe("many layers", { skip: skipWithoutNix }, () => {
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

test("a locked package costs as much however many there are", { skip: skipWithoutNix }, () => {
  using folder = scratch();
  copyMachine(folder.path);
  mkdirSync(join(folder.path, "cygwin"));
  const callsFor = (count: number): number => {
    const lock = madeUpLock(count);
    writeFileSync(join(folder.path, "cygwin.lock.json"), printLock(lock));
    writeFileSync(join(folder.path, "cygwin/setup.ini"), printPrunedList(lock));
    return countCalls(`
      (import ${repository}/test/nix/loaded.nix {
        source = ${repository};
        dir = ${folder.path};
        toolPkgs = ${toolPkgs};
        arguments.cygwin = null;
      }).image.drvPath`);
  };
  const [few, some, many] = [50, 250, 1000].map(callsFor);
  assert.ok(few !== undefined && some !== undefined && many !== undefined);
  const [lower, upper] = [(some - few) / 200, (many - some) / 750];
  assert.ok(lower > 3, `only ${lower} calls for a package: it was not evaluated`);
  assert.ok(
    upper < 1.5 * lower,
    `${lower} calls for each of the first packages, ${upper} for each of the later`,
  );
});
