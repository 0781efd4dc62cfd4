import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import type { Artifact } from "../../src/artifacts/artifact.ts";
import { renderAll } from "../../src/artifacts/render-all.ts";
import { generated } from "../../src/contract/filenames.ts";
import { machineSchema } from "../../src/contract/machine.ts";
import { artifactPath } from "../../src/contract/manifest.ts";
import { buildPlan } from "../../src/plan/build-plan.ts";
import { checkSpec } from "../../src/spec/check.ts";
import { showPath } from "../../src/spec/show.ts";
import { findSettings } from "../../src/unattend/find-settings.ts";
import { parseXml } from "../../src/unattend/parse-xml.ts";
import { checkAnswerFile } from "../../src/unattend/validate.ts";
import { textFields, withValue } from "../spec/documents.ts";
import { hostileStrings } from "../text/hostile.ts";
import { arbitrarySpec } from "./specs.ts";

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
      const document = parseXml(textOf(artifacts, `${generated.floppyFolder}/${generated.answerFile}`));
      const target = { firmware: machine.hardware.firmware, architecture: "amd64" } as const;
      assert.deepEqual(checkAnswerFile(document, target), []);
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
  const { manifest, floppyFolder, bootstrapFolder, answerFile, ...files } = generated;
  for (const path of Object.values(files)) assert.ok(paths.has(path), path);
  for (const folder of [floppyFolder, bootstrapFolder]) assert.ok(paths.has(`${folder}/${answerFile}`));
  assert.ok(!paths.has(manifest));
});

test("the same answer file is on the floppy and on the bootstrap medium", () => {
  const artifacts = render(minimal) ?? [];
  const answer = textOf(artifacts, "media/floppy/Autounattend.xml");
  assert.equal(textOf(artifacts, "media/bootstrap/Autounattend.xml"), answer);
  const floppy = artifacts.find(({ path }) => path === generated.floppyImage)?.content;
  assert.ok(floppy instanceof Uint8Array);
  assert.ok(Buffer.from(floppy).includes(answer.slice(0, 400)));
});

test("a hostile string in any text field is refused by name, or stands in the artifacts as that very text", () => {
  let taken = 0;
  for (const path of textFields()) {
    for (const text of hostileStrings) {
      const document = withValue(minimal, path, text);
      if (checkSpec(document).faults.length > 0) continue;
      taken += 1;
      const artifacts = render(document) ?? [];
      const machine = machineSchema.parse(JSON.parse(textOf(artifacts, generated.machine)));
      const answer = parseXml(textOf(artifacts, "media/floppy/Autounattend.xml"));
      assert.deepEqual(checkAnswerFile(answer, { firmware: "bios", architecture: "amd64" }), []);
      const values = JSON.stringify({ machine, setup: setupTexts(answer) });
      // Packages are plain words, which a batch file holds as they are.
      const packages = path[0] === "cygwin" ? textOf(artifacts, installer) : "";
      assert.ok(
        values.includes(JSON.stringify(text)) || packages.includes(text),
        `${showPath(path)} = ${text}`,
      );
    }
  }
  // Owner, organization and image name take most printable text; names, passwords and their like take next to nothing.
  assert.ok(taken > 60, String(taken));
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
  return "spec" in checked
    ? renderAll(buildPlan(checked.spec, { password: "Made-1", files: new Map() }))
    : undefined;
}

function textOf(artifacts: readonly Artifact[], path: string): string {
  const content = artifacts.find((artifact) => artifact.path === path)?.content;
  assert.ok(typeof content === "string", path);
  return content;
}

/** Whatever free text of a spec the answer file holds. */
function setupTexts(document: Parameters<typeof findSettings>[0]): string[] {
  return [
    ["Microsoft-Windows-Setup", "ImageInstall/OSImage/InstallFrom/MetaData/Value"],
    ["Microsoft-Windows-Setup", "UserData/FullName"],
    ["Microsoft-Windows-Setup", "UserData/Organization"],
    ["Microsoft-Windows-Shell-Setup", "RegisteredOwner"],
    ["Microsoft-Windows-Shell-Setup", "RegisteredOrganization"],
    ["Microsoft-Windows-Shell-Setup", "ComputerName"],
  ].flatMap(([component = "", path = ""]) => findSettings(document, component, path).map(({ text }) => text));
}

function byName(left: string, right: string): number {
  return left < right ? -1 : 1;
}
