import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import type { Artifact } from "../../src/artifacts/artifact.ts";
import { findRelease } from "../../src/catalogue/releases.ts";
import { generated } from "../../src/contract/filenames.ts";
import { machineSchema } from "../../src/contract/machine.ts";
import { checkSpec } from "../../src/spec/check.ts";
import { checkExtras } from "../../src/spec/extra-settings-rule.ts";
import { showPath } from "../../src/spec/show.ts";
import { checkWinntSif } from "../../src/unattend/check-winnt-sif.ts";
import { parseXml } from "../../src/unattend/parse-xml.ts";
import { checkAnswerFile } from "../../src/unattend/validate.ts";
import type { XmlElement } from "../../src/unattend/xml-element.ts";
import { textFields, withValue } from "../spec/documents.ts";
import { hostileStrings } from "../text/hostile.ts";
import { render, textOf } from "../artifacts/render.ts";
import { arbitrarySpec } from "../artifacts/specs.ts";

const installer = "media/bootstrap/casement/install-cygwin.cmd";
const minimal = { name: "hello", windows: { release: "windows-10-22h2" } };

test("any valid spec gives a machine.json by its contract and an answer file by Microsoft's reference, twice the same", () => {
  let rendered = 0;
  fc.assert(
    fc.property(arbitrarySpec, (spec) => {
      const artifacts = render(spec);
      if (artifacts === undefined) return;
      rendered += 1;
      const machine = machineSchema.parse(JSON.parse(textOf(artifacts, generated.machine)));
      const release = findRelease(machine.release);
      assert.ok(release !== undefined);
      const { family, product } = release;
      if (family === "xp") {
        const file = textOf(artifacts, `${generated.bootstrapFolder}/${generated.winntSif}`);
        assert.deepEqual(checkWinntSif(file, product), []);
      } else {
        const document = parseXml(textOf(artifacts, `${generated.bootstrapFolder}/${generated.answerFile}`));
        const { architecture, hardware } = machine;
        const target = { firmware: hardware.firmware, architecture, family, product };
        assert.deepEqual(checkAnswerFile(document, target), []);
      }
      assert.deepEqual(render(spec), artifacts);
    }),
    { numRuns: 60 },
  );
  assert.ok(rendered > 40, `only ${rendered} of the specs were valid`);
});

test("a hostile string in any text field is refused by name, or stands in the artifacts as that very text", async () => {
  let taken = 0;
  for (const path of textFields()) {
    for (const text of hostileStrings) {
      const document = withValue(minimal, path, text);
      if (checkSpec(document).faults.length > 0) continue;
      // Microsoft's reference is large: only for those who need it.
      if (path.includes("extraSettings") && (await checkExtras(document)).faults.length > 0) continue;
      taken += 1;
      const artifacts = render(document) ?? [];
      const answer = parseXml(textOf(artifacts, "media/floppy/Autounattend.xml"));
      assert.deepEqual(checkAnswerFile(answer, { firmware: "bios", architecture: "amd64" }), []);
      assert.ok(holds(artifacts, path, text), `${showPath(path)} = ${text}`);
    }
  }
  // Names, passwords and their like take next to nothing; commands, files and what Windows shows take most printable text.
  assert.ok(taken > 400, String(taken));
});

/** Whether the artifacts have the text of that field, in full and as itself, wherever the field belongs. */
function holds(artifacts: readonly Artifact[], path: readonly (string | number)[], text: string): boolean {
  const field = path.filter((key) => typeof key === "string").join(".");
  const contentOf = (file: string): string =>
    Buffer.from(artifacts.find((artifact) => artifact.path === file)?.content ?? "").toString();
  switch (field) {
    case "windows.files.path":
      return artifacts.some((artifact) => artifact.path === `${files}/${text}`);
    case "windows.files.source":
      return contentOf(`${files}/a.txt`) === `content of ${text}`;
    case "windows.files.text":
      return contentOf(`${files}/a.txt`) === text;
    case "windows.commands.firstLogon":
      return artifacts.some(
        ({ path: script, content }) =>
          script.endsWith(".cmd") && typeof content === "string" && content.split("\r\n").includes(text),
      );
    // Packages are plain words, which a batch file holds as they are.
    case "cygwin.packages":
      return textOf(artifacts, installer).includes(text);
  }
  // Whoever gives none gets none.
  if (field === "windows.disk.partitions.label" && text === "") return true;
  const machine: unknown = JSON.parse(textOf(artifacts, generated.machine));
  const answer = parseXml(textOf(artifacts, "media/floppy/Autounattend.xml"));
  return [...valuesOf(machine), ...textsOf(answer)].includes(text);
}

const files = `${generated.bootstrapFolder}/files`;

/** Every text and list item of an answer file; passwords decoded, lists in one text taken apart. */
function textsOf(element: XmlElement): string[] {
  const decoded = Buffer.from(element.text, "base64").toString("utf16le");
  const password = /^(.*?)(?:Administrator)?Password$/s.exec(decoded)?.[1];
  return [
    ...(element.children.length === 0 ? [element.text, ...element.text.split(/[;\\]/)] : []),
    ...(password === undefined ? [] : [password]),
    ...element.children.flatMap(textsOf),
  ];
}

function valuesOf(value: unknown): unknown[] {
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(valuesOf) : [value];
}
