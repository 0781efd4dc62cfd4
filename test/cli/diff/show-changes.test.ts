import assert from "node:assert/strict";
import { test } from "node:test";
import { generated } from "../../../src/contract/filenames.ts";
import type { Change } from "../../../src/cli/diff/find-changes.ts";
import { showChanges } from "../../../src/cli/diff/show-changes.ts";
import { summarize } from "../../../src/cli/diff/summarize.ts";

const bytes = (text: string): Uint8Array => Buffer.from(text);
const change = (path: string, state: Change["state"], old?: string, next?: string): Change => ({
  path,
  state,
  old: old === undefined ? undefined : bytes(old),
  next: next === undefined ? undefined : bytes(next),
});
const show = (...changes: readonly Change[]): string[] =>
  showChanges(changes, "casement").map(({ text }) => text.replace(/ {2,}/, "  "));

test("each state is said in words, and a text is shown with the lines around its changes", () => {
  const lines = "abcdefgh".split("").join("\n");
  assert.deepEqual(show(change("x", "stale", lines, lines.replace("d", "D"))), [
    "changed  casement/x",
    "--- casement/x",
    "+++ casement/x",
    "@@ -1,7 +1,7 @@",
    " a",
    " b",
    " c",
    "-d",
    "+D",
    " e",
    " f",
    " g",
  ]);
  const heads = showChanges(
    [
      change("a", "missing", undefined, "new\n"),
      change("b", "edited", "theirs\n", "ours\n"),
      change("c", "foreign", "foreign\n", "ours too\n"),
      change("d", "extra", "gone\n"),
      change("e", "extra-edited", "gone, too\n"),
      change("f", "blocked", undefined, "ours again\n"),
    ],
    "casement",
  ).filter(({ kind }) => kind === "head");
  assert.deepEqual(
    heads.map(({ text }) => text.replace(/ {2,}/, "  ")),
    [
      "new  casement/a",
      "changed by hand  casement/b",
      "in the way, not casement's  casement/c",
      "removed  casement/d",
      "removed, changed by hand  casement/e",
      "in the way, a link or a folder casement/f",
    ],
  );
});

test("new and removed files are shown whole, against no file", () => {
  assert.deepEqual(show(change("x", "missing", undefined, "one\ntwo")), [
    "new  casement/x",
    "--- /dev/null",
    "+++ casement/x",
    "@@ -0,0 +1,2 @@",
    "+one",
    "+two",
    "\\ No newline at end of file",
  ]);
  assert.deepEqual(show(change("x", "extra", "one\n")).slice(1), [
    "--- casement/x",
    "+++ /dev/null",
    "@@ -1,1 +0,0 @@",
    "-one",
  ]);
});

const short: readonly { title: string; given: readonly Change[]; want: readonly string[] }[] = [
  {
    title: "a file with a NUL is a line with its sizes",
    given: [change("x", "stale", "a\0", "abc\0")],
    want: ["changed  casement/x: binary, 2 -> 4 bytes"],
  },
  {
    title: "so is one that is not UTF-8",
    given: [{ path: "x", state: "extra", old: Buffer.from([0xff]), next: undefined }],
    want: ["removed  casement/x: binary, 1 bytes"],
  },
  {
    title: "what holds a password that is not made yet is not shown",
    given: [{ path: "x", state: "missing", old: undefined, next: "secret" }],
    want: ["new  casement/x: holds the account's password, which generate has yet to make"],
  },
  {
    title: "the manifest follows from the rest",
    given: [change(generated.manifest, "stale", "{}", "{ }")],
    want: [
      "changed  casement/casement.manifest.json: the hashes of the files, and which casement wrote them",
    ],
  },
  {
    title: "texts with little in common are not compared line by line",
    given: [change("x", "stale", "a\n".repeat(5000), "b\n".repeat(5000))],
    want: ["changed  casement/x: nearly every line differs, 10000 bytes before and after"],
  },
];
for (const { title, given, want } of short) test(title, () => assert.deepEqual(show(...given), want));

test("the floppy and setup.ini name what they are made of, where that has changed too", () => {
  const floppy = change(generated.floppyImage, "stale", "\0", "\0\0");
  const list = change(generated.cygwinList, "stale", "a\n", "b\n");
  assert.deepEqual(show(floppy, change("media/floppy/a", "stale", "1\0", "2\0")), [
    "changed  casement/media/floppy.img: 1 -> 2 bytes; made of what is in media/floppy/",
    "changed  casement/media/floppy/a: binary, 2 bytes before and after",
  ]);
  assert.match(show(floppy)[0] ?? "", /: binary, 1 -> 2 bytes$/);
  const lock = change(generated.cygwinLock, "stale", "damaged", "other");
  assert.match(
    show(list, lock)[0] ?? "",
    /setup\.ini: 2 bytes before and after; made of what is in cygwin\.lock\.json$/,
  );
  assert.ok(show(list).includes("+b"));
});

test("the same change of two files is shown once", () => {
  const shown = show(change("a", "stale", "1\n", "2\n"), change("b", "stale", "1\n", "2\n"));
  assert.equal(shown.at(-1), "changed  casement/b: the same lines as in casement/a");
  assert.equal(shown.filter((line) => line === "+2").length, 1);
});

test("other line ends are said in words, because lines alone do not show them", () => {
  assert.equal(
    show(change("x", "edited", "a\nb\n", "a\r\nb\r\n"))[0],
    "changed by hand  casement/x: line ends LF -> CR LF",
  );
});

test("the last line says what generate would do, or why not", () => {
  const manifest = change(generated.manifest, "stale", "{}", "{ }");
  const [fresh, edited, foreign, extra] = [
    change("a", "missing", undefined, ""),
    change("b", "edited", "", ""),
    change("c", "foreign", "", ""),
    change("d", "extra", ""),
  ];
  const rows: [readonly Change[], string][] = [
    [[manifest], "generate would write the manifest of casement anew"],
    [[fresh, manifest], "generate would write 1 file in casement"],
    [[fresh, fresh, extra], "generate would write 2 files and remove 1 file in casement"],
    [
      [fresh, edited],
      "generate would refuse: 1 file changed by hand in casement; with --force it would write 2 files",
    ],
    [[fresh, edited, foreign], "generate would refuse: 1 file in the way in casement"],
  ];
  for (const [changes, want] of rows) assert.equal(summarize(changes, "casement"), want);
});
