import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { batchScripts } from "../stand-in/cmd/batch-scripts.ts";
import { skipWithout } from "../support/external-tools.ts";
import { startWine, type Wine } from "./guest-scripts/wine.ts";

const skip = skipWithout(["wine", "x86_64-w64-mingw32-gcc", "script"]);

// The same table is what test/stand-in/cmd/shell.test.ts asks of the stand-in's cmd: a cmd.exe that nobody here wrote agrees.
suite("Wine's cmd.exe does what the stand-in's cmd does", { skip }, () => {
  let wine: Wine;
  before(async () => {
    wine = await startWine();
  });
  after(async () => {
    await wine[Symbol.asyncDispose]();
  });

  for (const script of batchScripts) {
    test(script.title, { skip: script.notWine ?? false }, async () => {
      const work = join(wine.driveC, "work");
      await rm(work, { recursive: true, force: true });
      await mkdir(work);
      await writeFile(join(work, "script.cmd"), `${script.lines.join("\r\n")}\r\n`);
      const { output, code } = await wine.run("cmd /c C:\\work\\script.cmd");
      const lines = output.split(/\r?\n/).map((line) => line.trimEnd());
      assert.deepEqual(lines.at(-1) === "" ? lines.slice(0, -1) : lines, script.prints);
      assert.equal(code, script.code & 255);
    });
  }
});
