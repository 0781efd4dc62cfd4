import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { findEdition, findRelease } from "../../../src/catalogue/releases.ts";
import { releaseIds } from "../../../src/catalogue/release-ids.ts";
import { fillSpec } from "../../../src/cli/init/fill-spec.ts";
import { loadTemplate, type TemplateName } from "../../../src/cli/init/template.ts";
import { SpecError } from "../../../src/errors.ts";
import { parseYaml } from "../../../src/spec/parse.ts";

test("without wishes the template's spec stays as it is, and lacks nothing", () => {
  for (const template of ["flake", "stand-in"] as const) {
    const text = specOf(template);
    assert.deepEqual(fillSpec(text, {}, template), { text, missing: [] });
  }
});

test("name and release are filled in, and every other line stays", () => {
  const text = specOf("flake");
  const filled = fillSpec(text, { name: "build-server", release: "windows-server-2022" }, "flake").text;
  const changed = text
    .replace("name: win11", "name: build-server")
    .replace("release: windows-11-24h2", "release: windows-server-2022");
  assert.equal(filled, changed);
});

test("a name that YAML would take for something else stays a name", () => {
  for (const name of ["null", "true", "yes", "e1"]) {
    const { value } = parseYaml(fillSpec(specOf("flake"), { name }, "flake").text);
    assert.equal(Reflect.get(Object(value), "name"), name);
  }
});

test("everything that is wrong with the wishes is told at once, by the options' names", () => {
  const hostile = 'x" # ${y}\n  release: windows-7';
  assert.throws(
    () => fillSpec(specOf("flake"), { name: hostile, release: "windows-12" }, "flake"),
    (error) => {
      assert.ok(error instanceof SpecError);
      assert.deepEqual(
        error.issues.map(({ path }) => path),
        ["--name", "--release"],
      );
      assert.match(error.message, /got "x\\" # \$\{y\}\\n {2}release: windows-7"/);
      assert.match(error.message, /allowed: windows-xp, .*windows-server-2025/);
      return true;
    },
  );
});

test("each release can be started with; only those without a public key lack one", () => {
  const lacking = releaseIds.filter((release) => {
    const { missing } = fillSpec(specOf("flake"), { release }, "flake");
    assert.ok(
      missing.every(({ path }) => path === "windows.productKey"),
      JSON.stringify(missing),
    );
    return missing.length > 0;
  });
  assert.deepEqual(lacking, ["windows-xp", "windows-server-2003-r2"]);
});

test("the stand-in is offered exactly those releases whose image its medium has", () => {
  const recipe = readFileSync(join(import.meta.dirname, "../../../nix/stand-in/default.nix"), "utf8");
  const offered = releaseIds.filter((release) => {
    try {
      return fillSpec(specOf("stand-in"), { release }, "stand-in").missing.length === 0;
    } catch (error) {
      assert.match(String(error), /--release: the stand-in does not play it, got "windows-/);
      return false;
    }
  });
  const played = releaseIds.filter((id) => {
    const release = findRelease(id);
    const image = release === undefined ? undefined : findEdition(release, undefined)?.image;
    return image?.kind === "name" && recipe.includes(JSON.stringify(image.name));
  });
  assert.deepEqual(offered, played);
  assert.ok(offered.length > 10);
});

function specOf(template: TemplateName): string {
  const spec = loadTemplate(template).find(({ path }) => path === "casement.yaml");
  assert.ok(spec !== undefined);
  return String(spec.content);
}
