import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { type GuestRoot, makeGuestRoot, skipWithoutGuestRoot } from "./stand-in/guest-root.ts";

const packages =
  "bash base-cygwin binutils bzip2 coreutils cygwin cygwin-devel diffutils file findutils gawk gcc-core grep gzip make patch sed tar which xz".split(
    " ",
  );

suite("the stand-in's compiler and what builds with it", { skip: skipWithoutGuestRoot }, () => {
  let root: GuestRoot;
  before(async () => {
    root = await makeGuestRoot(false, packages);
  });
  after(() => {
    root[Symbol.dispose]();
  });

  function write(name: string, text: string): void {
    writeFileSync(join(root.path, "work", name), text);
  }

  test("make builds a program from a library and says what depends on what", () => {
    write("half.h", "int half(int);\n");
    write(
      "half.c",
      '#include "half.h"\n#include <math.h>\nint half(int x) { return (int)floor(x / 2.0); }\n',
    );
    write(
      "main.c",
      '#include <stdio.h>\n#include "half.h"\nint main(void) { printf("%d\\n", half(85)); return 7; }\n',
    );
    write(
      "Makefile",
      "CC = gcc\nCFLAGS = -std=gnu99 -O2 -g -Wall -fPIC -MMD -MP -DX=1 -I.\nall: main\nmain: main.o libhalf.a\n\t$(CC) $(LDFLAGS) -o $@ main.o -L. -lhalf -lm -pthread\nlibhalf.a: half.o\n\tar rcs $@ $^ && ranlib $@\n-include main.d half.d\n",
    );
    const { code, said } = root.bash(
      "set -e",
      "make",
      "strip main",
      "./main && exit 1",
      "[ $? = 7 ]",
      "nm libhalf.a | grep ' T '",
      "file main",
      "touch half.h",
      "make | wc -l",
    );
    assert.equal(code, 0, said);
    assert.match(said, /^42$/m);
    assert.match(said, / T half$/m);
    assert.match(said, /statically linked, stripped/);
    // Both objects depend on the header by what the compiler wrote; so four commands run again.
    assert.match(said, /^4$/m);
    assert.equal(
      readFileSync(join(root.path, "work/half.d"), "utf8"),
      "half.o: \\\n  half.c \\\n  half.h\n\nhalf.h:\n",
    );
  });

  test("says what it is, and names the program that nobody named a.exe as Cygwin's does", () => {
    write("one.c", "int main(void) { return 0; }\n");
    const { code, said } = root.bash(
      "set -e; gcc --version; cc one.c; ./a.exe; gcc -x c - -o two <one.c; ./two; which gcc",
    );
    assert.equal(code, 0, said);
    assert.match(said, /^gcc \(stand-in: tcc version .*, with musl\)\n\/usr\/bin\/gcc\n$/);
  });

  test("patch, zcat and egrep are there for the phases of a build", () => {
    write("a", "one\n");
    write("p", "--- a/a\n+++ b/a\n@@ -1 +1 @@\n-one\n+two\n");
    const { code, said } = root.bash("set -e; patch -p1 <p; gzip a; zcat a.gz | egrep 'o$'");
    assert.equal(code, 0, said);
    assert.match(said, /^two$/m);
  });

  const refusals: readonly (readonly [string, RegExp])[] = [
    ["gcc -shared -o x.so one.c", /unrecognized command-line option '-shared'/],
    ["gcc -S one.c", /unrecognized command-line option '-S'/],
    ["gcc -run one.c", /unrecognized command-line option '-run'/],
    ["gcc -fsanitize=address one.c", /-fsanitize=address is not played/],
    ["gcc one.cpp", /C\+\+ is not played/],
    ["gcc -O2", /no input files/],
    ["gcc none.c", /none\.c/],
  ];
  for (const [command, reason] of refusals) {
    test(`refuses ${command}`, () => {
      const { code, said } = root.bash(command);
      assert.equal(code, 1);
      assert.match(said, reason);
    });
  }
});
