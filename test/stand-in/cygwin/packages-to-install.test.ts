import assert from "node:assert/strict";
import { test } from "node:test";
import { ResolveError } from "../../../src/cygwin/resolve/explain.ts";
import { parseSetupIni } from "../../../src/cygwin/setup-ini/parse.ts";
import { packagesToInstall } from "../../../src/stand-in/cygwin/packages-to-install.ts";

const sum = "ab".repeat(64);
const list = parseSetupIni(`release: cygwin
arch: x86_64

@ broken
category: Net
version: 1
install: x86_64/release/broken/broken-1.tar.xz 9 ${sum}
depends2: gone

@ openssh
sdesc: "ssh"
category: Net
version: 9-1
install: x86_64/release/openssh/openssh-9-1.tar.zst 12 ${sum}
depends2: bash (>= 4), cygwin, _windows (>= 6.1)

@ bash
category: Base
version: 5-1
install: x86_64/release/bash/bash-5-1.tar.xz 13 ${sum}
depends2: cygwin

@ cygwin
ldesc: "Several
@ not a package
lines"
category: Base
version: 3.6-1
install: x86_64/release/cygwin/cygwin-3.6-1.tar.xz 10 ${sum}
[prev]
version: 3.5-1
install: x86_64/release/cygwin/cygwin-3.5-1.tar.xz 11 ${sum}
`);

const namesOf = (wanted: readonly string[], categories: readonly string[]): string[] =>
  packagesToInstall(list, wanted, categories).map(({ id }) => id);

test("Base comes along, and dependencies come first", () => {
  assert.deepEqual(namesOf([], []), ["cygwin 3.6-1", "bash 5-1"]);
  assert.deepEqual(namesOf(["openssh"], []), ["cygwin 3.6-1", "bash 5-1", "openssh 9-1"]);
});

test("packages that need each other are both installed", () => {
  const circle = ["a", "b"].map(
    (name, index) => `@ ${name}\nversion: 1\ninstall: ${name} 1 ${sum}\ndepends2: ${["b", "a"][index]}\n`,
  );
  const found = packagesToInstall(parseSetupIni(circle.join("\n")), ["a"], []);
  assert.deepEqual(
    found.map(({ id }) => id),
    ["b 1", "a 1"],
  );
});

test("a package that is missing is named, with who needs it", () => {
  assert.throws(
    () => packagesToInstall(list, ["nope"], []),
    (error) => error instanceof ResolveError && error.message.includes("nope"),
  );
  assert.throws(
    () => packagesToInstall(list, [], ["Net"]),
    (error) => error instanceof ResolveError && /broken 1 needs gone/.test(error.message),
  );
});
