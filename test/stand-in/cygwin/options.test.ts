import assert from "node:assert/strict";
import { test } from "node:test";
import { parseOptions } from "../../../src/stand-in/cygwin/options.ts";

test("the call of install-cygwin.cmd is understood", () => {
  const words = [
    "-q",
    "-L",
    "-l",
    "E:\\cygwin",
    "-R",
    "C:\\cygwin64",
    "-P",
    "openssh,tar",
    "-n",
    "-N",
    "-d",
    "-B",
    "-X",
    "--no-version-check",
  ];
  assert.deepEqual(parseOptions(words), {
    unattended: true,
    localInstall: true,
    noVerify: true,
    packageFolder: "E:\\cygwin",
    root: "C:\\cygwin64",
    packages: ["openssh", "tar"],
    categories: [],
  });
});

test("an option that setup does not have is refused", () => {
  for (const word of ["--unattended", "-z", "openssh", "--quiet-mode=loud"]) {
    const reason = parseOptions(["-q", word]);
    assert.ok(typeof reason === "string" && reason.includes(word.replace(/^--quiet-mode=/, "")), word);
  }
  assert.equal(parseOptions(["-P"]), "-P has no value");
});
