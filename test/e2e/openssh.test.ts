import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { image, report } from "../../src/contract/filenames.ts";
import { nixOutput, skipWithoutNix } from "../nix/nix-tool.ts";
import { decodePng, shareOfBlue } from "../support/png.ts";
import { type Built, makeStandInProject, type StandInProject, succeeding } from "./stand-in-project.ts";

const spec = `
name: openssh
access: openssh
windows:
  release: windows-10-22h2
  edition: Pro
  desktop: true
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
      # Opens a window, keeps what the screen shows, and says who is there.
      window = desktop: windows.windowsTest {
        name = "window";
        inherit desktop;
        script = ''
          @echo off
          echo written by the test>C:\\build\\note.txt
          start notepad C:\\build\\note.txt
          ping -n 3 127.0.0.1 >nul
          call screenshot opened
          query session
          copy C:\\build\\note.txt %out%\\note.txt >nul
          echo to standard error 1>&2
          taskkill /f /im notepad.exe >nul
        '';
      };
      seen = window true;
      unseen = window false;
      desktopEnds = windows.runCommandCmd "desktop-ends" { desktop = true; } "exit 256";
      inBash = windows.runCommand "in-bash" { } "true";`;

describe("the whole way over Win32-OpenSSH's scripts, on the stand-in", {
  skip: skipWithoutNix,
  timeout: 15 * 60_000,
}, () => {
  let project: StandInProject;
  before(async () => {
    const outputs = "        inherit tells ends42 ends256 seen unseen desktopEnds inBash;";
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
    assert.deepEqual(stages, [
      "first-logon",
      "quieten",
      "openssh",
      "settle",
      "verify",
      "desktop",
      "installed",
    ]);
  });

  test("runs a batch file with both drives and brings its result back, after 0", async () => {
    const [out = ""] = (await succeeding(build("tells"))).paths;
    const read = (name: string): string => readFileSync(join(out, name), "utf8");
    const log = nixOutput("log", out);
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

  test("shows a window at the desktop, and none of the same script where the login is", async () => {
    const [seen, unseen] = await Promise.all([succeeding(build("seen")), succeeding(build("unseen"))]);
    const read = (built: Built, name: string): Buffer => readFileSync(join(built.paths[0] ?? "", name));
    const blue = (built: Built): number =>
      shareOfBlue(decodePng(read(built, `${report.screenshots}/opened.png`)));
    assert.ok(blue(seen) > 0.3, `the window fills most of the screen, got ${blue(seen)}`);
    assert.equal(blue(unseen), 0);
    assert.match(read(seen, report.log).toString(), /^>console +builder +1[^]*\nto standard error/m);
    assert.match(read(unseen, report.log).toString(), /^>services /m);
    assert.equal(read(seen, `${report.outputs}/out/note.txt`).toString(), "written by the test\r\n");
  });

  test("passes on 256 whole from the desktop", async () => {
    const { exitCode, log } = await build("desktopEnds");
    assert.notEqual(exitCode, 0);
    assert.match(log, /the command exited with 256 \(0x100\)/);
  });

  test("refuses a command for bash before anything is built, and names the others", async () => {
    const { exitCode, log } = await build("inBash");
    assert.notEqual(exitCode, 0);
    assert.match(log, /access: openssh, which has none/);
    assert.match(log, /Use runCommandCmd or runCommandPowerShell/);
  });
});
