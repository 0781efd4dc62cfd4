import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { image } from "../../src/contract/filenames.ts";
import { skipWithoutNix } from "../nix/nix-tool.ts";
import { type Built, makeStandInProject, type StandInProject, succeeding } from "./stand-in-project.ts";

const spec = `
name: openssh
access: openssh
windows:
  release: windows-10-22h2
  edition: Pro
hardware:
  accelerator: tcg
  vcpus: 1
  memoryMiB: 2048
account:
  user: builder
  password: Casement-Test-1
snapshot:
  quiet:
    seconds: 5
`;

const definitions = `
      tells = windows.runCommandCmd "tells" { greeting = "50% \\"off\\" & <more>"; } ''
        @echo off
        echo it says: %greeting:~0,3%
        set greeting >%out%\\greeting.txt
        if not exist S:\\ exit /b 3
        copy X:\\run\\main.cmd %out%\\main.cmd >nul
        whoami /groups | find "Login: password"
        echo to standard error 1>&2
        exit /b 0
      '';
      ends = code: windows.runCommandCmd "ends-\${code}" { } "exit \${code}";
      ends42 = ends "42";
      ends256 = ends "256";
      inBash = windows.runCommand "in-bash" { } "true";`;

describe("the whole way over Win32-OpenSSH's scripts, on the stand-in", {
  skip: skipWithoutNix,
  timeout: 15 * 60_000,
}, () => {
  let project: StandInProject;
  before(async () => {
    const outputs = "        inherit tells ends42 ends256 inBash;";
    project = await makeStandInProject({ spec, definitions, outputs, access: "openssh" });
  });
  after(() => project[Symbol.dispose]());

  let missing: string | undefined = "installs without Cygwin";
  const build = (...attributes: readonly string[]): Promise<Built> => {
    if (missing !== undefined && attributes[0] !== "image") throw new Error(`'${missing}' did not pass`);
    return project.build(...attributes);
  };

  test("installs without Cygwin", async () => {
    const { paths } = await succeeding(build("image"));
    missing = undefined;
    const com1 = readFileSync(join(paths[0] ?? "", image.log, "com1.log"), "utf8");
    const stages = [...com1.matchAll(/casement stage=(\S+)/g)].map((match) => match[1]);
    assert.deepEqual(stages, ["first-logon", "quieten", "openssh", "settle", "verify", "installed"]);
  });

  test("runs a batch file with both drives and brings its result back, after 0", async () => {
    const { log, paths } = await succeeding(build("tells"));
    const read = (name: string): string => readFileSync(join(paths[0] ?? "", name), "utf8");
    assert.match(log, /it says: 50%/);
    assert.match(log, /to standard error/);
    assert.match(read("greeting.txt"), /^greeting=50% "off" & <more>\r\n$/i);
    assert.match(read("main.cmd"), /exit-code/);
  });

  test("passes on 42, and 256 whole", async () => {
    const [first, second] = await Promise.all([build("ends42"), build("ends256")]);
    assert.notEqual(first.exitCode, 0);
    assert.match(first.log, /the command exited with 42 \(0x2A\)/);
    assert.notEqual(second.exitCode, 0);
    assert.match(second.log, /the command exited with 256 \(0x100\)/);
  });

  test("refuses a command for bash before anything is built, and names the others", async () => {
    const { exitCode, log } = await build("inBash");
    assert.notEqual(exitCode, 0);
    assert.match(log, /access: openssh, which has none/);
    assert.match(log, /Use runCommandCmd or runCommandPowerShell/);
  });
});
