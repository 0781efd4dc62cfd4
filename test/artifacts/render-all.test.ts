import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import type { Artifact } from "../../src/artifacts/artifact.ts";
import { renderAll } from "../../src/artifacts/render-all.ts";
import { findRelease } from "../../src/catalogue/releases.ts";
import { generated } from "../../src/contract/filenames.ts";
import { machineSchema } from "../../src/contract/machine.ts";
import { artifactPath } from "../../src/contract/manifest.ts";
import { buildPlan } from "../../src/plan/build-plan.ts";
import { checkSpec } from "../../src/spec/check.ts";
import { checkExtras } from "../../src/spec/extra-settings-rule.ts";
import { showPath } from "../../src/spec/show.ts";
import { checkWinntSif } from "../../src/unattend/check-winnt-sif.ts";
import { parseXml } from "../../src/unattend/parse-xml.ts";
import { checkAnswerFile } from "../../src/unattend/validate.ts";
import type { XmlElement } from "../../src/unattend/xml-element.ts";
import { textFields, withValue } from "../spec/documents.ts";
import { hostileStrings } from "../text/hostile.ts";
import { arbitrarySpec } from "./specs.ts";

const installer = "media/bootstrap/casement/install-cygwin.cmd";
const minimal = { name: "hello", windows: { release: "windows-10-22h2" } };
const arm = {
  name: "arm",
  windows: { release: "windows-11-24h2", architecture: "arm64", drivers: { virtioWin: true } },
};

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

test("paths are safe, sorted and there once", () => {
  const paths = (render(minimal) ?? []).map(({ path }) => path);
  assert.deepEqual(paths, [...new Set(paths)].sort(byName));
  for (const path of paths) assert.match(path, artifactPath);
});

test("every file that the contract names is there", () => {
  const paths = new Set((render(minimal) ?? []).map(({ path }) => path));
  for (const folder of [generated.floppyFolder, generated.bootstrapFolder]) {
    assert.ok(paths.has(`${folder}/${generated.answerFile}`));
  }
  const { defaultNix, machine, gitattributes, floppyImage, controllerModule, smbConf, smbPasswd } = generated;
  for (const path of [
    defaultNix,
    machine,
    gitattributes,
    floppyImage,
    controllerModule,
    smbConf,
    smbPasswd,
  ]) {
    assert.ok(paths.has(path), path);
  }
  // The writer's own.
  assert.ok(!paths.has(generated.manifest));
});

test("a machine without a floppy drive gets no floppy, and the answer file on the bootstrap medium", () => {
  const paths = (render(arm) ?? []).map(({ path }) => path);
  assert.ok(paths.includes(`${generated.bootstrapFolder}/${generated.answerFile}`));
  assert.deepEqual(
    paths.filter((path) => path.includes("floppy")),
    [],
  );
});

test("XP gets winnt.sif on both media, in place of the other answer file", () => {
  const windows = { release: "windows-xp", productKey: "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE" };
  const artifacts = render({ name: "old", windows }) ?? [];
  const answer = textOf(artifacts, "media/floppy/winnt.sif");
  assert.deepEqual(checkWinntSif(answer), []);
  assert.equal(textOf(artifacts, "media/bootstrap/winnt.sif"), answer);
  assert.ok(!artifacts.some(({ path }) => path.endsWith(generated.answerFile)));
  const floppy = artifacts.find(({ path }) => path === generated.floppyImage)?.content;
  assert.ok(floppy instanceof Uint8Array);
  assert.ok(Buffer.from(floppy).includes(answer.slice(0, 400)));
});

test("the same answer file is on the floppy and on the bootstrap medium", () => {
  const artifacts = render(minimal) ?? [];
  const answer = textOf(artifacts, "media/floppy/Autounattend.xml");
  assert.equal(textOf(artifacts, "media/bootstrap/Autounattend.xml"), answer);
  const floppy = artifacts.find(({ path }) => path === generated.floppyImage)?.content;
  assert.ok(floppy instanceof Uint8Array);
  assert.ok(Buffer.from(floppy).includes(answer.slice(0, 400)));
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

test("what Windows reads line by line ends its lines with CR LF, everything else with LF", () => {
  for (const { path, content } of render(minimal) ?? []) {
    if (typeof content !== "string") continue;
    if (/\.(cmd|txt|xml)$/.test(path)) assert.doesNotMatch(content, /(?<!\r)\n/, path);
    else assert.doesNotMatch(content, /\r/, path);
  }
});

function render(document: unknown): Artifact[] | undefined {
  const checked = checkSpec(document);
  if (!("spec" in checked)) return undefined;
  const sources = checked.spec.windows.files.map(({ source }) => source ?? "");
  const files = new Map(sources.map((source) => [source, Buffer.from(`content of ${source}`)]));
  return renderAll(buildPlan(checked.spec, { password: "Made-1", files }));
}

function textOf(artifacts: readonly Artifact[], path: string): string {
  const content = artifacts.find((artifact) => artifact.path === path)?.content;
  assert.ok(typeof content === "string", path);
  return content;
}

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

function byName(left: string, right: string): number {
  return left < right ? -1 : 1;
}
