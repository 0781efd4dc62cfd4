import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { before, suite, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { renderBootstrap } from "../../src/artifacts/bootstrap.ts";
import { bootstrap, generated } from "../../src/contract/filenames.ts";
import { beaconStages, parseBeacon } from "../../src/contract/guest.ts";
import { buildFloppy } from "../../src/floppy/image.ts";
import { run } from "../../src/process/run.ts";
import { renderAnswerFile } from "../../src/unattend/answer-file.ts";
import type { AnswerSettings } from "../../src/unattend/settings.ts";
import { nixOutput, repository, skipWithoutNix, toolPkgs } from "../nix/nix-tool.ts";
import { ovmf, skipWithout, skipWithoutOvmf } from "../support/external-tools.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { answerSettings, behaviour, gpt, mbr } from "../unattend/answer-settings.ts";

const skip =
  skipWithoutNix === false
    ? skipWithout(["qemu-system-x86_64", "qemu-img", "xorriso", "ssh-keygen"])
    : skipWithoutNix;
const mac = "52:54:00:12:ab:01";
/** From an idle machine's 100 s with room for a busy one. */
const installTimeoutMs = 600_000;
const refusalTimeoutMs = 180_000;

const settings = (changes: Partial<AnswerSettings>): AnswerSettings =>
  answerSettings({
    firmware: "bios",
    requirementBypass: false,
    networkBypass: false,
    image: { kind: "name", name: "Windows 10 Pro" },
    ...changes,
  });

suite("the stand-in medium", { skip }, () => {
  let iso = "";
  let cygwin = "";
  before(() => {
    const expression = `let pkgs = ${toolPkgs}; in import ${repository}/nix/stand-in { inherit pkgs; inherit (import ${repository}/nix/package.nix { inherit pkgs; src = ${repository}; }) standIn; }`;
    const build = (attribute: string): string =>
      nixOutput(
        "build",
        "--impure",
        "--no-link",
        "--print-out-paths",
        "--expr",
        `(${expression}).${attribute}`,
      ).trim();
    iso = build("iso");
    cygwin = build("cygwin");
  });

  test("installs from the floppy's answer file to stage installed, byte for byte as generated", async (context) => {
    await using folder = await makeTempFolder();
    const answerFile = renderAnswerFile(settings({}));
    const started = performance.now();
    const lines = await boot(folder.path, {
      iso,
      firmware: "bios",
      answerFile,
      bootstrapIso: await makeBootstrapIso(folder.path, answerFile, cygwin),
      timeoutMs: installTimeoutMs,
    });
    context.diagnostic(
      `from nothing to switched off: ${((performance.now() - started) / 1000).toFixed(0)} s`,
    );
    const sum = createHash("sha256").update(answerFile).digest("hex");
    assert.match(
      lines[0] ?? "",
      new RegExp(`A:\\\\Autounattend\\.xml ${Buffer.byteLength(answerFile)} bytes sha256 ${sum}$`),
    );
    const beacons = lines.map(parseBeacon).filter((beacon) => beacon !== undefined);
    assert.deepEqual(
      beacons.map((beacon) => (beacon.kind === "stage" ? beacon.stage : beacon)),
      [...beaconStages],
    );
  });

  const refusals: readonly Refusal[] = [
    [
      "an image that the WIM does not have",
      (xml) => xml.replace("Windows 10 Pro", "Windows 10 Nothing"),
      /^image: no image has \/IMAGE\/NAME "Windows 10 Nothing"; the WIM has 1 "Windows 10 Home", 2 /,
    ],
    [
      "an unknown setting, and the missing licence beside it",
      (xml) => xml.replace(/AcceptEula/g, "AcceptEuler"),
      /^answer file: .*AcceptEuler/,
    ],
    [
      "a file that is not well-formed",
      (xml) => xml.replace("</unattend>", ""),
      /^answer file: not well-formed/,
    ],
    [
      "a disk without room",
      (xml) => xml.replace("<Size>500</Size>", "<Size>99999</Size>"),
      /^disk: partition 1 needs 99999 MB/,
    ],
    [
      "a network card that the machine lacks",
      (xml) => xml.replace("52-54-00-12-AB-01", "52-54-00-99-99-99"),
      /^specialize: Microsoft-Windows-TCPIP names the interface 52-54-00-99-99-99; the machine has 52:54:00:12:ab:01/,
    ],
    [
      "what only Windows 7 asks, when its image is to be installed",
      (xml) => xml.replace(/<NetworkLocation>.*<\/NetworkLocation>/, ""),
      /^answer file: .*OOBE\/NetworkLocation/,
      "bios",
      {
        family: "7",
        build: 7601,
        image: { kind: "name", name: "Windows 7 PROFESSIONAL" },
      },
    ],
    [
      "the layout of a UEFI disk in a BIOS machine",
      () => renderAnswerFile(settings({ firmware: "uefi", disk: gpt })),
      /^answer file: .*EFI/,
    ],
    [
      "the layout of a BIOS disk in a UEFI machine",
      () => renderAnswerFile(settings({})),
      /^answer file: .*no EFI partition/,
      "uefi",
    ],
  ];
  for (const [title, change, reason, firmware = "bios", release = {}] of refusals) {
    const skipFirmware = firmware === "uefi" ? skipWithoutOvmf() : false;
    test(`stops at ${title}, and says so on COM1`, { skip: skipFirmware }, async () => {
      await using folder = await makeTempFolder();
      const disk = firmware === "bios" ? mbr : gpt;
      const given = renderAnswerFile(settings({ firmware, disk, ...release }));
      const answerFile = change(given);
      assert.notEqual(answerFile, given);
      const lines = await boot(folder.path, { iso, firmware, answerFile, timeoutMs: refusalTimeoutMs });
      const beacon = parseBeacon(lines.at(-1) ?? "");
      assert.ok(beacon?.kind === "failed", lines.join("\n"));
      assert.equal(beacon.stage, "setup");
      assert.equal(beacon.code, 1);
      assert.match(beacon.reason, reason);
    });
  }
});

/** Title, what is changed in a file that would do, the reason on COM1, the firmware (BIOS) and the release (10) of machine and file. */
type Refusal = readonly [
  string,
  (answerFile: string) => string,
  RegExp,
  ("bios" | "uefi")?,
  Partial<AnswerSettings>?,
];

/** Boots until the machine switches itself off; the lines of COM1. */
async function boot(
  folder: string,
  options: {
    iso: string;
    firmware: "bios" | "uefi";
    answerFile: string;
    bootstrapIso?: string;
    timeoutMs: number;
  },
): Promise<string[]> {
  const file = (name: string): string => join(folder, name);
  await writeFile(
    file("floppy.img"),
    buildFloppy({
      label: "CASEMENT",
      files: [{ path: generated.answerFile, content: Buffer.from(options.answerFile) }],
    }),
  );
  await run({ file: "qemu-img", args: ["create", "-q", "-f", "qcow2", file("disk.qcow2"), "64G"] });
  const isUefi = options.firmware === "uefi";
  if (isUefi) await copyFile(ovmf.vars, file("vars.fd"));
  const flash = [
    ["-drive", `if=pflash,unit=0,format=raw,readonly=on,file=${ovmf.code}`],
    ["-drive", `if=pflash,unit=1,format=raw,file=${file("vars.fd")}`],
  ];
  const cd = (name: string, path: string, unit: number): string[] => [
    "-drive",
    `file=${path},if=none,id=${name},format=raw,readonly=on`,
    "-device",
    `ide-cd,drive=${name},${isUefi ? `bus=ide.${unit + 1},unit=0` : `bus=ide.1,unit=${unit}`}${unit === 0 ? ",bootindex=1" : ""}`,
  ];
  const qemu = spawn(
    "qemu-system-x86_64",
    [
      "-M",
      isUefi ? "pc-q35-10.0" : "pc-i440fx-10.0",
      ...(isUefi ? flash.flat() : []),
      "-accel",
      "tcg",
      "-cpu",
      "Westmere-v1",
      "-m",
      "1024",
      "-nodefaults",
      "-display",
      "none",
      "-vga",
      "std",
      "-serial",
      `file:${file("com1")}`,
      "-drive",
      `file=${file("floppy.img")},if=floppy,format=raw,readonly=on`,
      "-drive",
      `file=${file("disk.qcow2")},if=none,id=disk,format=qcow2,cache=unsafe`,
      "-device",
      "ide-hd,drive=disk,bus=ide.0,unit=0,bootindex=0",
      ...cd("install", options.iso, 0),
      ...(options.bootstrapIso === undefined ? [] : cd("bootstrap", options.bootstrapIso, 1)),
      "-netdev",
      "user,id=net,restrict=on",
      "-device",
      `${isUefi ? "e1000e" : "e1000"},netdev=net,mac=${mac},romfile=`,
    ],
    { stdio: ["ignore", "inherit", "inherit"] },
  );
  const ended = once(qemu, "exit");
  const read = async (): Promise<string[]> =>
    existsSync(file("com1"))
      ? (await readFile(file("com1"), "utf8")).split(/\r?\n/).filter((line) => line !== "")
      : [];
  const timer = new AbortController();
  const late = sleep(options.timeoutMs, "late", { signal: timer.signal }).catch(() => "stopped");
  try {
    if ((await Promise.race([ended, late])) === "late") {
      throw new Error(
        `the machine was not off after ${options.timeoutMs / 1000} s; COM1:\n${(await read()).join("\n")}`,
      );
    }
  } finally {
    timer.abort();
    qemu.kill("SIGKILL");
    await ended;
  }
  return read();
}

/** The bootstrap medium as the image stage makes it: scripts, keys, packages. */
async function makeBootstrapIso(folder: string, answerFile: string, cygwin: string): Promise<string> {
  const tree = join(folder, "bootstrap");
  const { account, network } = settings({});
  const artifacts = renderBootstrap(
    {
      family: "10",
      access: { kind: "cygwin", ...account },
      accounts: [],
      network,
      behaviour,
      desktop: false,
      cygwin: { packages: ["openssh", "cygrunsrv"], architecture: "x86_64", sshdService: "cygsshd" },
      firstLogon: [],
      files: [],
    },
    answerFile,
  );
  for (const { path, content } of artifacts) {
    const file = join(tree, path.slice(generated.bootstrapFolder.length + 1));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  const hostKey = join(tree, bootstrap.hostKey);
  await mkdir(dirname(hostKey), { recursive: true });
  await run({ file: "ssh-keygen", args: ["-q", "-t", "ed25519", "-N", "", "-f", hostKey] });
  await writeFile(join(tree, bootstrap.authorizedKeys), await readFile(`${hostKey}.pub`));
  const iso = join(folder, "bootstrap.iso");
  await run({
    file: "xorriso",
    args: [
      "-as",
      "mkisofs",
      "-quiet",
      "-o",
      iso,
      "-V",
      bootstrap.volumeLabel,
      "-J",
      "-r",
      "-graft-points",
      `/=${tree}`,
      `/${bootstrap.cygwin}=${cygwin}`,
    ],
  });
  return iso;
}
