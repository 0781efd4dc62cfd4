import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseSetupIni } from "../../../src/cygwin/setup-ini/parse.ts";
import { SetupIniError } from "../../../src/cygwin/setup-ini/setup-ini-error.ts";
import type { Archive, SetupPackage } from "../../../src/cygwin/setup-ini/setup-ini.ts";

const md5 = "0123456789abcdef0123456789abcdef";
const sha512 = "ab".repeat(64);

describe("parseSetupIni", () => {
  test("reads the headers, and skips comments, blank lines and keys that setup does not know", () => {
    const { headers, packages } = parseSetupIni(`# made today
release: cygwin
arch: x86_64
setup-timestamp: 1700000000
include-setup: setup <2.878 not supported
setup-minimum-version: 2.903
setup-version: 2.937

`);
    assert.deepEqual(headers, {
      release: "cygwin",
      arch: "x86_64",
      timestamp: 1700000000,
      minimumVersion: "2.903",
      setupVersion: "2.937",
    });
    assert.deepEqual(packages, []);
  });

  test("reads a package of today's lists", () => {
    const [bash] = parseSetupIni(`@ bash
sdesc: "The GNU Bourne Again SHell"
ldesc: "Bash is a shell.

@ this is no package, it is 'text' (with ä)
version: nor is this"
category: Base Shells
message: bash-note "Read
the manual"
replace-versions: 4.0-1 4.0-2
version: 5.2.21-1
install: x86_64/release/bash/bash-5.2.21-1.tar.xz 1234 ${sha512}
source: x86_64/release/bash/bash-5.2.21-1-src.tar.xz 99 ${md5}
Source: bash-src (5.2.21-1)
depends2: cygwin (>= 3.4), libreadline7,
  coreutils (<< 9), sed (= 1:2-3)
build-depends: gcc
obsoletes: bash-old (< 4)
provides: sh, posix-shell (= 2008)
conflicts: dash-sh (>> 1)
some-new-key: whatever "it
[prev]
version: 5.1-1
install: x86_64/release/bash/bash-5.1-1.tar.xz 1233 ${sha512}
depends2: cygwin
[test]
version: 5.3-0.1
`).packages;
    assert.deepEqual(bash, {
      name: "bash",
      summary: "The GNU Bourne Again SHell",
      description: "Bash is a shell.\n\n@ this is no package, it is 'text' (with ä)\nversion: nor is this",
      categories: ["Base", "Shells"],
      message: { id: "bash-note", text: "Read\nthe manual" },
      replaceVersions: ["4.0-1", "4.0-2"],
      versions: [
        {
          section: "curr",
          version: "5.2.21-1",
          install: archive("x86_64/release/bash/bash-5.2.21-1.tar.xz", 1234, "sha512", sha512),
          source: archive("x86_64/release/bash/bash-5.2.21-1-src.tar.xz", 99, "md5", md5),
          sourcePackage: { name: "bash-src", version: "5.2.21-1" },
          depends: [
            { name: "cygwin", constraint: { operator: ">=", version: "3.4" } },
            { name: "libreadline7" },
            { name: "coreutils", constraint: { operator: "<", version: "9" } },
            { name: "sed", constraint: { operator: "=", version: "1:2-3" } },
          ],
          buildDepends: [{ name: "gcc" }],
          obsoletes: [{ name: "bash-old", constraint: { operator: "<", version: "4" } }],
          provides: [{ name: "sh" }, { name: "posix-shell", constraint: { operator: "=", version: "2008" } }],
          conflicts: [{ name: "dash-sh", constraint: { operator: ">", version: "1" } }],
        },
        {
          section: "prev",
          version: "5.1-1",
          install: archive("x86_64/release/bash/bash-5.1-1.tar.xz", 1233, "sha512", sha512),
          depends: [{ name: "cygwin" }],
          buildDepends: [],
          obsoletes: [],
          conflicts: [],
        },
        {
          section: "test",
          version: "5.3-0.1",
          depends: [{ name: "cygwin" }],
          buildDepends: [],
          obsoletes: [],
          conflicts: [],
        },
      ],
    } satisfies SetupPackage);
  });

  test("gives every section the older form of dependencies, which stands before all of them", () => {
    const [each] = parseSetupIni("@ a\nrequires: b c\nversion: 2-1\n[prev]\nversion: 1-1\n").packages;
    assert.deepEqual(
      each?.versions.map(({ depends }) => depends),
      [
        [{ name: "b" }, { name: "c" }],
        [{ name: "b" }, { name: "c" }],
      ],
    );
  });

  for (const [what, text, expected] of [
    ["[exp] as test", "@ a\n[exp]\nversion: 1\n", "test"],
    ["any other name", "@ a\n[my-section]\nversion: 1\n", "my-section"],
    ["no section as current", "@ a\nversion: 1\n", "curr"],
    ["a file without a last line end", "@ a\nversion: 1", "curr"],
    ["CR LF", "@ a\r\n[prev]\r\nversion: 1\r\n", "prev"],
    ["a byte order mark", "\uFEFF@ a\nversion: 1\n", "curr"],
    ["Debian's names of keys", 'Package: a\nVersion: 1\nSection: Base\nDepends: b\nsdesc: "x"\n', "curr"],
    ["keys with blanks before them", "@ a\n  version:\t1\n", "curr"],
  ] as const) {
    test(`takes ${what}`, () => {
      const [each] = parseSetupIni(text).packages;
      assert.equal(each?.name, "a");
      assert.deepEqual(
        each.versions.map(({ section, version }) => [section, version]),
        [[expected, "1"]],
      );
    });
  }

  test("turns CR LF inside quotation marks into LF", () => {
    assert.equal(parseSetupIni('@ a\r\nldesc: "b\r\nc"\r\n').packages[0]?.description, "b\nc");
  });

  test("reads a SHA-512 in base64url as the same as in hexadecimal", () => {
    const bytes = Buffer.alloc(64, 0xfb);
    const [each] = parseSetupIni(`@ a\nversion: 1\ninstall: p 1 ${bytes.toString("base64url")}\n`).packages;
    assert.deepEqual(each?.versions[0]?.install, archive("p", 1, "sha512", bytes.toString("hex")));
  });

  for (const [what, text, at, reason] of [
    ["a line that is nothing", "@ a\nwhat is this\n", "2:1", /a line starts with .* got "what"/],
    ["a description that is never closed", '@ a\nsdesc: "b\nversion: 1\n', "2:8", /never closed/],
    [
      "an archive without a size",
      "@ a\ninstall: path\n",
      "2:14",
      /size should be here, got the end of the line/,
    ],
    ["a size that is no number", `@ a\ninstall: p 1k ${md5}\n`, "2:12", /number of bytes, got "1k"/],
    ["a hash of another length", "@ a\nversion: 1\ninstall: p 1 abc\n", "3:14", /MD5 .* SHA-512/],
    [
      "a constraint without an operator",
      "@ a\ndepends2: b (1)\n",
      "2:14",
      /one of = < > <= >= should be here/,
    ],
    ["a constraint that is never closed", "@ a\ndepends2: b (= 1\n", "2:17", /"\)" should be here/],
    ["a list that ends with a comma", "@ a\ndepends2: b,\n\nversion: 1", "3:1", /name should be here/],
    ["more on a line than belongs there", "@ a\nversion: 1 2\n", "2:12", /should end here, got "2"/],
    ["a package without a name", "@\n", "1:2", /name should be here/],
    ["a key of packages before any", "version: 1\n", "1:1", /belongs below a package/],
    ["a header below a package", "@ a\narch: x86\n", "2:1", /before the first package/],
    ["a section before any package", "[curr]\n", "1:1", /belongs below a package/],
    ["a section that is no word", "@ a\n[ ]\n", "2:1", /\[curr\], \[prev\] or \[test\]/],
    ["a time stamp that is no number", "setup-timestamp: today\n", "1:17", /a number should be here/],
    ["a comment that is indented", "@ a\n # b\n", "2:1", /first column/],
    ["a character that no word has", "@ a\nversion: ä\n", "2:10", /the version should be here, got "ä"/],
  ] as const) {
    test(`says where ${what} is`, () => {
      assert.throws(
        () => parseSetupIni(text),
        (error) => {
          assert.ok(error instanceof SetupIniError);
          assert.equal(`${error.line}:${error.column}`, at, error.message);
          assert.match(error.reason, reason);
          return true;
        },
      );
    });
  }
});

function archive(path: string, size: number, kind: "md5" | "sha512", hex: string): Archive {
  return { path, size, hash: { kind, hex } };
}
