import assert from "node:assert/strict";
import { test } from "node:test";
import { parsePackageList, resolvePackages } from "../../../src/stand-in/cygwin/package-list.ts";

const sum = "ab".repeat(64);
const list = parsePackageList(`# comment
release: cygwin
arch: x86_64

@ cygwin
sdesc: "The engine"
ldesc: "Several
@ not a package
lines"
category: Base
version: 3.6-1
install: x86_64/release/cygwin/cygwin-3.6-1.tar.xz 10 ${sum}
[prev]
version: 3.5-1
install: x86_64/release/cygwin/cygwin-3.5-1.tar.xz 11 ${sum}

@ openssh
sdesc: "ssh"
category: Net
requires: cygwin bash
version: 9-1
install: x86_64/release/openssh/openssh-9-1.tar.zst 12 ${sum}
depends2: bash (>= 4), cygwin

@ bash
category: Base
version: 5-1
install: x86_64/release/bash/bash-5-1.tar.xz 13 ${sum}
depends2: cygwin

@ broken
category: Net
depends2: gone
version: 1
`);

test("the current version counts, and descriptions are passed over", () => {
  assert.deepEqual([...list.keys()], ["cygwin", "openssh", "bash", "broken"]);
  assert.equal(list.get("cygwin")?.version, "3.6-1");
  assert.deepEqual(list.get("cygwin")?.archive, {
    path: "x86_64/release/cygwin/cygwin-3.6-1.tar.xz",
    bytes: 10,
    sha512: sum,
  });
  assert.deepEqual(list.get("openssh")?.depends, ["cygwin", "bash"]);
});

test("Base comes along, and dependencies come first", () => {
  const packages = resolvePackages(list, ["openssh"], []);
  assert.ok(typeof packages !== "string");
  assert.deepEqual(
    packages.map((each) => each.name),
    ["cygwin", "bash", "openssh"],
  );
});

test("a package that is missing is named, with who needs it", () => {
  assert.equal(
    resolvePackages(list, ["broken", "nope"], []),
    "not in setup.ini: gone (needed by broken), nope (named by -P)",
  );
});
