import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { run } from "../../src/process/run.ts";
import { nix, nixOutput, repository, scratch, skipWithoutNix, toolPkgs } from "../nix/nix-tool.ts";
import { options, writeBuilder } from "../nix/remote-builder.ts";

const build = ["build", "--impure", "--no-link", "--print-out-paths"];

describe("what docs/farm.md says of builders, to Nix", { skip: skipWithoutNix }, () => {
  test("its lines for /etc/nix/machines: one machine for everything, one that is set aside", () => {
    const page = readFileSync(join(repository, "docs/farm.md"), "utf8");
    const lines = [...page.matchAll(/^ssh-ng:\/\/builder-\d .+$/gm)].map(([line]) => line);
    assert.equal(lines.length, 2);
    // Nobody offers this feature, so Nix lists the machines and speaks to none.
    const expression = `derivation {
      name = "nowhere"; system = "x86_64-linux"; builder = "/bin/sh"; requiredSystemFeatures = [ "nobodys" ];
    }`;
    const { exitCode, stderr } = nix(...build, "--builders", lines.join(";"), "--expr", expression);
    assert.notEqual(exitCode, 0);
    const machines = stderr.match(/^\(\[x86_64-linux\], .*$/gm) ?? [];
    assert.deepEqual(
      machines.toSorted(),
      ["([x86_64-linux], 2, [kvm, windows-vm], [])", "([x86_64-linux], 2, [kvm], [windows-vm])"],
      stderr,
    );
  });

  test("a builder fetches an input from the cache, also one with allowSubstitutes = false", async () => {
    const folder = scratch();
    try {
      const cache = `file://${folder.path}/cache`;
      const input = `(${toolPkgs}.runCommand "input" { allowSubstitutes = false; } "echo ${Date.now()} >$out")`;
      const [made = ""] = nixOutput(...build, "--expr", input).split("\n");
      nixOutput("copy", "--no-check-sigs", "--to", `${cache}?compression=zstd`, made);
      const daemon = join(folder.path, "daemon");
      writeBuilder(daemon, {
        store: `local?root=${folder.path}/other`,
        settings: options({
          substitute: "true",
          substituters: cache,
          "require-sigs": "false",
          "extra-system-features": "windows-vm",
        }),
      });
      const expression = `${toolPkgs}.runCommand "user" {
        requiredSystemFeatures = [ "windows-vm" ];
        input = ${input};
      } "cp $input $out"`;
      const builders = `ssh-ng://localhost?remote-program=${daemon} x86_64-linux - 1 1 - windows-vm`;
      const fetching = options({ "builders-use-substitutes": "true" });
      const { exitCode, stderr } = nix(...build, "--builders", builders, ...fetching, "--expr", expression);
      assert.equal(exitCode, 0, stderr);
      assert.match(stderr, /building '\S+-user\.drv' on 'ssh-ng:\/\/localhost/);
      assert.match(stderr, /copying path '\S+' to 'ssh-ng:/, "what the cache has not comes over SSH");
      assert.doesNotMatch(stderr, /copying path '\S+-input' to/);
    } finally {
      // What is in a store is read-only.
      await run({ file: "chmod", args: ["-R", "u+w", folder.path] });
      folder[Symbol.dispose]();
    }
  });
});
