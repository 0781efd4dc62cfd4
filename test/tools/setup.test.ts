import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";

const root = join(import.meta.dirname, "../..");
const parts = readdirSync(join(root, "tools/setup")).filter((name) => name.endsWith(".sh"));

test("every script of setup is valid bash", () => {
  for (const script of [
    "tools/setup.sh",
    "tools/with-node.sh",
    ...parts.map((name) => `tools/setup/${name}`),
  ]) {
    execFileSync("bash", ["-n", join(root, script)]);
  }
});

test("refuses an option that it does not know, and installs nothing", () => {
  const { status, stderr } = spawnSync("bash", [join(root, "tools/setup.sh"), "--force"], {
    encoding: "utf8",
  });
  assert.equal(status, 2);
  assert.match(stderr, /unknown option, got '--force'; allowed: --quiet/);
});

for (const { version, floor, want } of [
  { version: "2.24", floor: "2.24", want: true },
  { version: "2.26.3", floor: "2.24", want: true },
  { version: "2.8.0", floor: "2.24", want: false },
  { version: "24.21.0", floor: "24.0.0", want: true },
  { version: "20.20.2", floor: "24.0.0", want: false },
  { version: "0", floor: "2.24", want: false },
]) {
  test(`${version} is ${want ? "new enough" : "too old"} where ${floor} is needed`, (t) => {
    assert.equal(inSetup(t, `at_least ${version} ${floor} && echo true || echo false`).trim(), String(want));
  });
}

test("a step that fails ends setup with the end of its output", (t) => {
  const { status, stderr, stdout } = trySetup(
    t,
    "broken() { echo the-cause; false; echo not-reached; }; step Title broken; echo after",
  );
  assert.equal(status, 1);
  assert.match(stdout, /Title … FAILED/);
  assert.match(stderr, /the-cause/);
  assert.doesNotMatch(stderr + stdout, /not-reached|after/);
});

test("takes the mirror of a further suite from the machine's own sources", (t) => {
  const fake =
    'apt-get() { printf "%s\\n" "bookworm-updates main mirror-a" "bookworm main mirror-b" "bookworm main mirror-c"; }';
  const written = inSetup(
    t,
    `${fake}; debian_codename() { echo bookworm; }; write_source "$state/x" bookworm-backports; cat "$state/x"`,
  );
  assert.match(written, /^URIs: mirror-b\nSuites: bookworm-backports\nComponents: main$/m);
});

test("says so where the machine's sources do not name its release", (t) => {
  const result = trySetup(
    t,
    "apt-get() { :; }; debian_codename() { echo bookworm; }; write_source $state/x bookworm-backports",
  );
  assert.equal(result.status, 1);
  assert.match(result.stdout, /no source for bookworm main is set up/);
});

test("removes the policy that keeps services from starting only if setup wrote it", (t) => {
  const said = inSetup(
    t,
    'policy=$state/p; echo foreign >$policy; remove_left_over_policy; ls $state; printf "%s\\n" "$policy_mark" >$policy; remove_left_over_policy; echo then; ls $state',
  );
  assert.equal(said, "p\nthen\n");
});

test("finds the kernel in an image whose stream has a trailer and false starts", (t) => {
  const elf = '{ printf "\\177ELF"; head -c 5000 /dev/zero | tr "\\0" k; }';
  const image = `{ printf "boot\\xFD7zXZ\\x00broken"; ${elf} | xz -c; printf trailer; } >$state/image`;
  assert.match(inSetup(t, `${image}; extract_vmlinux $state/image | head -c 8`), /^\u007fELFkkkk$/);
});

test("says what was tried where an image holds no kernel", (t) => {
  const { status, stderr } = trySetup(t, "echo nothing >$state/image; extract_vmlinux $state/image");
  assert.equal(status, 1);
  assert.match(stderr, /no compressed kernel found in it \(tried xz, zstd, gzip\)/);
});

test("names no mirror or registry and no folder of its author's machine", () => {
  const files = [
    "tools/setup.sh",
    "tools/with-node.sh",
    ".ci/run",
    ...parts.map((name) => `tools/setup/${name}`),
  ];
  for (const file of files)
    assert.doesNotMatch(readFileSync(join(root, file), "utf8"), /https?:|\.(org|com|io|net)\b/, file);
});

const entry = { version: "1.0.0", integrity: "sha512-AA==" };
for (const { title, present, files, want } of [
  {
    title: "holds what the lock names",
    present: { "node_modules/a": entry },
    files: ["node_modules/a"],
    want: 0,
  },
  {
    title: "has another version",
    present: { "node_modules/a": { ...entry, version: "0.9.0" } },
    files: ["node_modules/a"],
    want: 1,
  },
  {
    title: "lacks a package that its own list names",
    present: { "node_modules/a": entry },
    files: [],
    want: 1,
  },
  { title: "lacks a package in its list", present: {}, files: ["node_modules/a"], want: 1 },
]) {
  test(`${want === 0 ? "keeps" : "replaces"} a node_modules that ${title}`, (t) => {
    const folder = scratch(t);
    const packages = {
      "": {},
      "node_modules/a": entry,
      "node_modules/other-platform": { ...entry, optional: true },
    };
    for (const file of ["node_modules", ...files]) mkdirSync(join(folder, file));
    writeFileSync(join(folder, "package-lock.json"), JSON.stringify({ packages }));
    writeFileSync(join(folder, "node_modules/.package-lock.json"), JSON.stringify({ packages: present }));
    const { status } = spawnSync(process.execPath, [
      join(root, "tools/setup/match-node-modules.mjs"),
      folder,
    ]);
    assert.equal(status, want);
  });
}

test("with-node runs a command with the package set and a new enough Node, whatever PATH has", (t) => {
  const old = scratch(t);
  writeFileSync(join(old, "node"), "#!/bin/sh\necho v20.20.2\n");
  chmodSync(join(old, "node"), 0o755);
  const clone = join(root, "tools/node/node_modules/.bin/node");
  if (!existsSync(clone)) return t.skip("Node 24 is the machine's own here");
  const output = execFileSync(
    "bash",
    [join(root, "tools/with-node.sh"), "sh", "-c", 'node -v; echo "$CASEMENT_PACKAGE_SET"'],
    {
      encoding: "utf8",
      env: { PATH: `${old}:/usr/bin:/bin`, CASEMENT_PACKAGE_SET: "host" },
    },
  );
  assert.match(output, /^v(2[4-9]|[3-9]\d)\..*\nhost\n$/);
});

test("with-node asks for a command", () => {
  const { status, stderr } = spawnSync("bash", [join(root, "tools/with-node.sh")], { encoding: "utf8" });
  assert.equal(status, 2);
  assert.match(stderr, /usage: with-node\.sh COMMAND/);
});

function inSetup(t: TestContext, script: string): string {
  const { status, stdout, stderr } = trySetup(t, script);
  assert.equal(status, 0, stderr);
  return stdout;
}

// Runs bash with setup's functions loaded and a state folder of its own.
function trySetup(t: TestContext, script: string): { status: number | null; stdout: string; stderr: string } {
  const sources = ["report", "stamp", "node", "debian", "nix", "kernel", "host-tools"].map(
    (name) => `source ${root}/tools/setup/${name}.sh`,
  );
  const text = [`set -euo pipefail; root=${root}; state=${scratch(t)}`, ...sources, script].join("\n");
  return spawnSync("bash", ["-c", text], { encoding: "utf8" });
}

function scratch(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "casement-setup-"));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}
