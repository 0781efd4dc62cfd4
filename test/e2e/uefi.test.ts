import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { image, report, snapshot } from "../../src/contract/filenames.ts";
import { imageRecordSchema } from "../../src/contract/records.ts";
import { skipWithoutNix } from "../nix/nix-tool.ts";
import { decodePng, shareOfBlue } from "../support/png.ts";
import {
  type Built,
  makeStandInProject,
  nixRun,
  type StandInProject,
  succeeding,
} from "./stand-in-project.ts";

/** Windows 11's own hardware: UEFI, q35, AHCI, e1000e; less memory, and emulated, so that it runs anywhere. */
const spec = `
name: uefi
windows:
  release: windows-11-24h2
  edition: Pro
  desktop: true
  disk:
    partitions:
      - { type: EFI, sizeMB: 260, label: System }
      - { type: MSR, sizeMB: 16 }
      - { type: Recovery, sizeMB: 700 }
      - { type: Primary, label: Windows, windows: true }
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
      tells = windows.runCommand "tells" { } "uname -a | tee $out/uname";
      fails = windows.runCommand "fails" { } "exit 42";
      atDesktop = windows.windowsTest {
        name = "at-desktop";
        desktop = true;
        env = { greeting = "it's here"; input = pkgs.writeText "an-input" "from the store\\n"; };
        script = ''
          echo "$greeting, in $PWD, with $(ls -d "$out")" >&2
          cat "$input" | tee note.txt
          notepad 'C:\\build\\note.txt' &
          sleep 2
          screenshot opened
          cmd /c query session >$out/sessions
          ln -s sessions $out/link
          taskkill /f /im notepad.exe
        '';
      };
      failsAtDesktop = windows.runCommand "fails-at-desktop" { desktop = true; } "exit 42";`;

describe("the whole way under UEFI, on the stand-in", { skip: skipWithoutNix, timeout: 15 * 60_000 }, () => {
  let project: StandInProject;
  before(async () => {
    project = await makeStandInProject({
      spec,
      definitions,
      outputs: "        inherit tells fails atDesktop failsAtDesktop;",
    });
  });
  after(() => project[Symbol.dispose]());

  let missing: string | undefined = "installs on a GPT disk";
  const build = (...attributes: readonly string[]): Promise<Built> => {
    if (missing !== undefined && attributes[0] !== "image") throw new Error(`'${missing}' did not pass`);
    return project.build(...attributes);
  };
  let folders: { readonly image: string; readonly snapshot: string } | undefined;

  test("installs on a GPT disk, which the firmware then starts by its new boot entry", async () => {
    const { paths } = await succeeding(build("image"));
    missing = undefined;
    const [folder = ""] = paths;
    const record = imageRecordSchema.parse(JSON.parse(readFileSync(join(folder, image.record), "utf8")));
    assert.equal(record.standIn, true);
    assert.deepEqual(
      [record.hardware.firmware, record.hardware.machineType, record.hardware.disk.bus],
      ["uefi", "pc-q35-10.0", "ahci"],
    );
    const com1 = readFileSync(join(folder, image.log, "com1.log"), "utf8");
    const starts = com1.match(/BdsDxe: starting Boot[0-9A-F]{4} "[^"]*" from \S+/g) ?? [];
    assert.match(starts[0] ?? "", /DVD-ROM/);
    assert.ok(starts.length >= 3, com1);
    for (const start of starts.slice(1)) assert.match(start, /"casement stand-in" from HD\(1,GPT,/);
  });

  test("freezes what was installed, with variables of the image in a copy of its own", async () => {
    const [frozen = ""] = (await succeeding(build("windows"))).paths;
    const [installed = ""] = (await succeeding(build("image"))).paths;
    folders = { image: installed, snapshot: frozen };
    const entry = Buffer.from("casement stand-in", "utf16le");
    for (const file of [join(installed, image.uefiVars), join(frozen, snapshot.uefiVars)]) {
      assert.ok(readFileSync(file).includes(entry), `${file} does not hold the boot entry`);
    }
  });

  test("runs commands in revived machines, two at once, and passes on what they return", async () => {
    const [told, failed] = await Promise.all([succeeding(build("tells")), build("fails")]);
    assert.match(readFileSync(join(told.paths[0] ?? "", "uname"), "utf8"), /stand-in/);
    assert.notEqual(failed.exitCode, 0);
    assert.match(failed.log, /the command exited with 42 \(0x2A\)/);
    assert.match(failed.log, /failed with exit code 42\b/);
  });

  test("runs bash at the desktop, in a session of its own, and brings back what it says, shows and leaves", async () => {
    const [passed, failed] = await Promise.all([succeeding(build("atDesktop")), build("failsAtDesktop")]);
    const read = (name: string): Buffer => readFileSync(join(passed.paths[0] ?? "", name));
    assert.match(
      read(report.log).toString(),
      /^it's here, in \/build, with \/nix\/store\/[0-9a-z]{32}-at-desktop\nfrom the store\nSUCCESS: The process "notepad.exe"/,
    );
    assert.match(read(`${report.outputs}/out/link`).toString(), /^>console +builder +1 {2}Active\r$/m);
    const blue = shareOfBlue(decodePng(read(`${report.screenshots}/opened.png`)));
    assert.ok(blue > 0.05, `a window on the screen, got ${blue}`);
    assert.notEqual(failed.exitCode, 0);
    assert.match(failed.log, /the command exited with 42 \(0x2A\)/);
  });

  test("leaves disk, memory and variables of image and snapshot as they were", async () => {
    if (folders === undefined) throw new Error("there is no snapshot");
    const { exitCode, log } = await nixRun([
      "store",
      "verify",
      "--no-trust",
      folders.image,
      folders.snapshot,
    ]);
    assert.equal(exitCode, 0, log);
  });
});
