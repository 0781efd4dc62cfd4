import assert from "node:assert/strict";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { image } from "../../src/contract/filenames.ts";
import { run } from "../../src/process/run.ts";
import { nixOutput, scratch, skipWithoutNix } from "../nix/nix-tool.ts";
import { options, writeBuilder } from "../nix/remote-builder.ts";
import { buildsSpec } from "./builds-machine.ts";
import { makeStandInProject, nixRun, type StandInProject, succeeding } from "./stand-in-project.ts";

const spec = `${buildsSpec}  memoryLayout: packed
nix:
  substituteSnapshots: true
`;

// Only the runs ask for the feature, so that the image is the one that builds.test.ts installs.
const definitions = `
      far = word: windows.runCommand "far" {
        requiredSystemFeatures = [ "windows-vm" ];
        word = "\${word} ${Date.now()}";
      } ''
        echo "$word" >$out/word
      '';
      first = far "first";
      second = far "second";`;

describe("two stores with a cache between them, and a feature that one offers, on the stand-in", {
  skip: skipWithoutNix,
  timeout: 15 * 60_000,
}, () => {
  const folder = scratch();
  const other = join(folder.path, "other");
  const cache = `file://${folder.path}/cache`;
  const builders = `ssh-ng://localhost?remote-program=${folder.path}/daemon x86_64-linux - 1 1 - windows-vm`;
  let project: StandInProject;
  let fromCache: readonly string[];
  let frozen = "";

  before(async () => {
    project = await makeStandInProject({
      spec,
      definitions,
      outputs: "        inherit first second;",
      wine: true,
    });
    const key = (await nixRun(["key", "generate-secret", "--key-name", "farm-test-1"])).output;
    writeFileSync(join(folder.path, "key"), key, { mode: 0o600 });
    const { output } = await nixRun(["key", "convert-secret-to-public"], key);
    fromCache = options({ substitute: "true", substituters: cache, "trusted-public-keys": output.trim() });
    writeBuilder(join(folder.path, "daemon"), {
      store: `local?root=${other}`,
      settings: [...fromCache, ...options({ "extra-system-features": "windows-vm" })],
    });
  });
  after(async () => {
    project[Symbol.dispose]();
    // What is in a store is read-only.
    await run({ file: "chmod", args: ["-R", "u+w", folder.path] });
    folder[Symbol.dispose]();
  });

  test("a snapshot takes along to a cache what its runs need, and no install medium", async () => {
    const { paths } = await succeeding(project.build("windows"));
    [frozen = ""] = paths;
    const to = `${cache}?compression=zstd&secret-key=${join(folder.path, "key")}`;
    nixOutput("copy", "--to", to, frozen);
    const closure = nixOutput("path-info", "--recursive", frozen);
    for (const part of ["image", "snapshot", "snapshot-ram"]) {
      assert.match(closure, new RegExp(`-casement-app-${part}$`, "m"));
    }
    assert.doesNotMatch(closure, /\.iso$|-floppy\.img$|-casement-(node|agent|controller|runtime)/m);
  });

  test("a run that wants the feature is built in the other store, which fetches the snapshot; its result comes back", async () => {
    const built = await succeeding(
      project.buildWith(
        ["--builders", builders, ...options({ "builders-use-substitutes": "true" })],
        "first",
      ),
    );
    const [out = ""] = built.paths;
    assert.match(readFileSync(join(out, "word"), "utf8"), /^first \d+\n$/);
    assert.match(built.log, /building '\S+-far\.drv' on 'ssh-ng:\/\/localhost/);
    assert.match(built.log, /copying path '\S+-casement-runtime' to 'ssh-ng:/);
    assert.doesNotMatch(built.log, /copying path '\S+-casement-app-(image|snapshot)[^']*' to/);
    assert.match(built.log, /guest: memory unpacked in [\d.]+ s, \d+ MiB on disk/);
    assert.ok(existsSync(join(other, out)), "it was made there");
    // Its own store has no signature of that key.
    assert.match(
      nixOutput("path-info", "--store", `local?root=${other}`, "--sigs", frozen),
      /\bfarm-test-1:/,
    );
  });

  test("without the other store nobody builds it, and Nix names the feature", async () => {
    const { exitCode, log } = await project.build("second");
    assert.notEqual(exitCode, 0);
    assert.match(log, /features \{windows-vm\} is required to build '\S+-far\.drv'/);
  });

  test("a machine that evaluates the project for itself fetches image and snapshot, and makes neither", async () => {
    const third = `local?root=${join(folder.path, "third")}`;
    const { exitCode, log } = await project.buildWith(
      ["--dry-run", "--store", third, ...fromCache],
      "windows",
    );
    assert.equal(exitCode, 0, log);
    const [, fetched = ""] = log.split(/paths? will be fetched/);
    for (const part of ["image", "snapshot", "snapshot-ram"]) {
      assert.match(fetched, new RegExp(`-casement-app-${part}$`, "m"), log);
    }
    assert.doesNotMatch(log, /will be built/);
  });

  test("a snapshot beside another build of its image is refused by the build ids", async () => {
    const inOther = join(other, closureOf(frozen, /-app-image$/), image.record);
    chmodSync(inOther, 0o644);
    const record = readFileSync(inOther, "utf8");
    // As a store has it that built the image itself: the same path, and another installation in it.
    writeFileSync(inOther, record.replace(/"buildId": "[0-9a-f]{32}"/, `"buildId": "${"f".repeat(32)}"`));
    const { exitCode, log } = await project.buildWith(["--builders", builders], "second");
    assert.notEqual(exitCode, 0);
    assert.match(log, /was made from another build of the image, got image \S+ with build id f{32}/);
    assert.match(log, /failed with exit code 73/);
  });
});

function closureOf(path: string, name: RegExp): string {
  const closure = nixOutput("path-info", "--recursive", path).trim().split("\n");
  return closure.find((each) => name.test(each)) ?? "";
}
