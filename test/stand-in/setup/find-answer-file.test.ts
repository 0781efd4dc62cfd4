import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type Drive, findAnswerFile } from "../../../src/stand-in/setup/find-answer-file.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";

test("the floppy comes before every CD, CDs by letter, and only the root counts", async () => {
  await using folder = await makeTempFolder();
  const drive = (letter: string, kind: Drive["kind"], file?: string): Drive => {
    const path = join(folder.path, letter);
    mkdirSync(join(path, "sub"), { recursive: true });
    writeFileSync(join(path, "sub/Autounattend.xml"), "");
    if (file !== undefined) writeFileSync(join(path, file), "");
    return { letter, kind, folder: path };
  };
  const e = drive("e", "cd", "Autounattend.xml");
  const d = drive("d", "cd");
  assert.equal(findAnswerFile([d]), undefined);
  assert.equal(findAnswerFile([e, d])?.drive.letter, "e");
  const a = drive("a", "floppy", "AUTOUNATTEND.XML");
  assert.equal(findAnswerFile([d, e, a])?.drive.letter, "a");
});
