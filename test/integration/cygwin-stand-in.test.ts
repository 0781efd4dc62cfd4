import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { buildLock } from "../../src/cygwin/lock/build-lock.ts";
import { printLock } from "../../src/cygwin/lock/lock-file.ts";
import { parseSetupIni } from "../../src/cygwin/setup-ini/parse.ts";
import { run } from "../../src/process/run.ts";
import { packagesToInstall } from "../../src/stand-in/cygwin/packages-to-install.ts";
import { nixOutput, repository, scratch, skipWithoutNix, toolPkgs } from "../nix/nix-tool.ts";

// The stand-in's packages are real archives of Linux programs, made by Nix: an archive of Cygwin that can be had anywhere.
describe("the stand-in's packages, locked", { skip: skipWithoutNix }, () => {
  test("go by the lock onto a bootstrap ISO, with a list that the stand-in's setup installs as it was locked", async () => {
    using folder = scratch();
    const casement = `(import ${repository} { toolPkgs = ${toolPkgs}; })`;
    const build = (expression: string): string =>
      nixOutput("build", "--impure", "--no-link", "--print-out-paths", "--expr", expression).trim();
    const archive = build(`(${casement}.lib.standIn { }).cygwin`);
    const generate = async (): Promise<void> => {
      const spec = join(folder.path, "casement.yaml");
      await run({ file: process.execPath, args: [join(repository, "src/cli/main.ts"), "generate", spec] });
    };
    writeFileSync(join(folder.path, "casement.yaml"), "name: t\nwindows:\n  release: windows-10-22h2\n");
    const lock = await lockOf(archive, folder.path);
    writeFileSync(join(folder.path, "cygwin.lock.json"), printLock(lock));
    await generate();

    const given = `pkgs = ${toolPkgs}; dir = ${folder.path}/casement; inherit (${casement}.lib.standIn { }) iso;`;
    const loaded = `(${casement}.lib.load { ${given} cygwinPackages = (${casement}.lib.standIn { }).cygwin; })`;
    const iso = build(`${loaded}.bootstrapIso`);
    const mounted = join(folder.path, "setup.ini");
    const extract = ["-osirrox", "on", "-indev", iso, "-extract", "/cygwin/x86_64/setup.ini", mounted];
    await run({ file: "xorriso", args: extract });
    const installed = packagesToInstall(parseSetupIni(readFileSync(mounted, "utf8")), [], []);
    assert.deepEqual(
      installed.map((each) => `${each.package.name} ${each.version.install.hash.hex}`).sort(),
      lock.packages.map(({ name, sha512 }) => `${name} ${sha512}`),
    );
  });
});

async function lockOf(archive: string, folder: string): ReturnType<typeof buildLock> {
  return buildLock(
    {
      arch: "x86_64",
      windows: "10.0.19045",
      lastDay: null,
      wanted: ["cygrunsrv", "openssh", "tar"],
      archives: [],
      list: join(archive, "x86_64/setup.ini"),
      setup: join(archive, "setup-x86_64.exe"),
    },
    {
      cacheFolder: folder,
      keys: [],
      unsigned: true,
      onRemark: () => undefined,
      onProgress: () => undefined,
    },
  );
}
