import assert from "node:assert/strict";
import { test } from "node:test";
import { explanationText, lineOf } from "../../src/cli/explanation-text.ts";
import { explainFile } from "../../src/explain/explain.ts";
import { exampleBase } from "../explain/bases.ts";

test("what only a spec without other fields shows, and what would leave the file out, is said as such", async () => {
  const text = await explain(
    "windows-server-2022",
    "media/floppy/Autounattend.xml",
    "<AdministratorPassword>",
  );
  assert.match(
    text,
    /^ {2}windows\.release\n {4}spec\.yaml:7: "windows-server-2022"; what it has is in docs\/releases\.md$/m,
  );
  assert.match(
    text,
    /^ {4}with "[^"]+", and nothing else in the spec \(as \d+ other values\): the line is gone$/m,
  );
  assert.match(text, /\n\nOther values of windows\.architecture, windows\.release leave the file out\.\n$/);
});

test("a field that was not tried is named with the reason", async () => {
  const text = await explain("windows-xp", "default.nix", undefined);
  assert.match(text, /^name {2}1 {2}# Written by casement from the spec of "windows-xp"/);
  assert.match(
    text,
    /^Lines without a field are the same for every spec; they come from templates\/nix\/default\.nix\.hbs\.$/m,
  );
  assert.match(
    text,
    /\nNot tried, because no other value fits this spec:\n {2}windows\.evaluationExpires \(.*\)\n$/,
  );
});

test("a listing of a whole file names the fields that would bring lines in", async () => {
  const text = await explain("windows-server-2022", "media/bootstrap/casement/user-commands.cmd", undefined);
  assert.match(text, /^Would bring lines in: windows\.commands\.firstLogon after 7$/m);
});

test("a line's number is read from where something stands", () => {
  assert.equal(lineOf("line 12"), 12);
  assert.equal(lineOf(undefined), undefined);
});

async function explain(example: string, path: string, part: string | undefined): Promise<string> {
  const explanation = await explainFile(await exampleBase(example), path);
  assert.ok(explanation !== undefined);
  const line = explanation.lines.findIndex(({ text }) => part !== undefined && text.includes(part));
  const range = part === undefined ? { from: 0, to: explanation.lines.length } : { from: line, to: line + 1 };
  const excerpt = { file: `casement/${path}`, path, explanation, ...range };
  return explanationText(excerpt, { spec: "spec.yaml", locate: () => "line 7" });
}
