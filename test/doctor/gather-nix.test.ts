import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { gatherNix } from "../../src/doctor/gather-nix.ts";
import { makeTempFolder, type TempFolder } from "../support/temp-folder.ts";
import { settings } from "./sample-facts.ts";

/** A Nix that gives these answers, by the command after its options, and refuses every other. */
async function fakeNix(folder: TempFolder, answers: Readonly<Record<string, string>>): Promise<string> {
  const file = join(folder.path, "nix");
  const cases = Object.entries(answers).map(([command, answer], index) => {
    const text = join(folder.path, String(index));
    return { line: `  "${command}") cat '${text}' ;;`, text, answer };
  });
  for (const { text, answer } of cases) await writeFile(text, answer);
  const skip = '[ "$1" = --extra-experimental-features ] && shift 2';
  const body = `${skip}\ncase "$*" in\n${cases.map(({ line }) => line).join("\n")}\n  *) echo "error: '$*'" >&2; exit 1 ;;\nesac`;
  await writeFile(file, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  return file;
}

const value = (each: unknown, defaultValue: unknown = each): { value: unknown; defaultValue: unknown } => ({
  value: each,
  defaultValue,
});
const shown = {
  "experimental-features": value(["nix-command", "flakes"], []),
  sandbox: value(true),
  "system-features": value(["nixos-test", "benchmark", "big-parallel", "kvm"]),
  "build-users-group": value("nixbld", ""),
  "auto-allocate-uids": value(false),
  "max-silent-time": value(0),
  timeout: value(0),
  "build-dir": value(null),
  builders: value(""),
};

for (const { title, show, info } of [
  { title: "today's", show: "config show --json", info: "store info --json" },
  { title: "those of before 2.20", show: "show-config --json", info: "store ping --json" },
]) {
  test(`settings and store are asked by ${title} commands`, async () => {
    await using folder = await makeTempFolder();
    const nix = await fakeNix(folder, {
      "--version": "nix (Nix) 2.26.3\n",
      [show]: JSON.stringify(shown),
      [info]: '{"url":"daemon","trusted":false}',
    });
    assert.deepEqual(await gatherNix(nix), {
      version: "nix (Nix) 2.26.3",
      settings,
      storeUrl: "daemon",
      builders: [],
    });
  });
}

test("what somebody set differs from what Nix found out, and lists may be text", async () => {
  await using folder = await makeTempFolder();
  const nix = await fakeNix(folder, {
    "--version": "nix (Nix) 2.18.1",
    "show-config --json": JSON.stringify({
      ...shown,
      sandbox: value("relaxed"),
      "system-features": value("kvm recursive-nix", "benchmark kvm"),
      "build-dir": value("/var/builds"),
      "max-silent-time": value(600),
    }),
    "store ping --json": "{}",
  });
  const facts = await gatherNix(nix);
  assert.deepEqual(facts.settings, {
    ...settings,
    sandbox: "relaxed",
    systemFeatures: ["kvm", "recursive-nix"],
    systemFeaturesAreGiven: true,
    buildDir: "/var/builds",
    maxSilentTime: 600,
  });
  assert.equal(facts.storeUrl, null);
});

test("remote builders are read from the setting and from the file that it names", async () => {
  await using folder = await makeTempFolder();
  const machines = join(folder.path, "machines");
  await writeFile(
    machines,
    "# two\nssh-ng://big x86_64-linux,i686-linux - 4 1 kvm,big-parallel windows-vm\n\nssh://small - - 1 1\n",
  );
  const want = [
    {
      uri: "ssh-ng://big",
      systems: ["x86_64-linux", "i686-linux"],
      features: ["kvm", "big-parallel", "windows-vm"],
      mandatory: ["windows-vm"],
    },
    { uri: "ssh://small", systems: ["x86_64-linux"], features: [], mandatory: [] },
  ];
  const given: [setting: string, builders: unknown[]][] = [
    [`@${machines}`, want],
    [`@${folder.path}/none`, []],
    [
      "ssh-ng://a x86_64-linux ; ssh-ng://b aarch64-linux - 1 1 - kvm",
      [
        { uri: "ssh-ng://a", systems: ["x86_64-linux"], features: [], mandatory: [] },
        { uri: "ssh-ng://b", systems: ["aarch64-linux"], features: ["kvm"], mandatory: ["kvm"] },
      ],
    ],
  ];
  for (const [setting, builders] of given) {
    const nix = await fakeNix(folder, {
      "--version": "nix (Nix) 2.26.3",
      "config show --json": JSON.stringify({ ...shown, builders: value(setting) }),
    });
    assert.deepEqual((await gatherNix(nix)).builders, builders, setting);
  }
});

test("a Nix that tells nothing but its version leaves the rest open, and one without a version is a fault", async () => {
  await using folder = await makeTempFolder();
  const mute = await fakeNix(folder, { "--version": "nix (Nix) 2.26.3", "config show --json": "no JSON" });
  assert.deepEqual(await gatherNix(mute), {
    version: "nix (Nix) 2.26.3",
    settings: null,
    storeUrl: null,
    builders: [],
  });
  const broken = await fakeNix(folder, {});
  await assert.rejects(gatherNix(broken), { name: "ToolError", message: /nix --version exited with 1/ });
});
