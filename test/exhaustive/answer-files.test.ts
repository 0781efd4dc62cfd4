import assert from "node:assert/strict";
import { performance } from "node:perf_hooks";
import { after, test } from "node:test";
import { answerSettings } from "../../src/artifacts/settings.ts";
import type { Release } from "../../src/catalogue/release.ts";
import { releases } from "../../src/catalogue/releases.ts";
import { buildPlan } from "../../src/plan/build-plan.ts";
import { checkSpec } from "../../src/spec/check.ts";
import { renderAnswerFile } from "../../src/unattend/answer-file.ts";
import { parseXml } from "../../src/unattend/parse-xml.ts";
import { checkAnswerFile } from "../../src/unattend/validate.ts";
import { type Case, pairwise } from "../support/pairwise.ts";
import { type Machine, optionsFor, specOf } from "../unattend/matrix-options.ts";

const began = performance.now();
let cases = 0;

after(() => {
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(`# matrix: ${cases} answer files in ${seconds} s\n`);
});

for (const release of releases.filter(({ family }) => family !== "xp")) {
  test(`${release.title}: every edition, architecture and firmware with every pair of options has no fault`, () => {
    for (const machine of machinesOf(release)) {
      const cover = coverFor(machine);
      // Several options have three values, so that fewer would not be every pair.
      assert.ok(cover.length >= 9);
      for (const [index, chosen] of cover.entries()) {
        const document = specOf(machine, chosen);
        const faults = faultsOf(machine, document);
        if (faults.length > 0) assert.deepEqual(faults, [], JSON.stringify(document));
        // Every fourth is enough to see that nothing but the spec decides.
        if (index % 4 === 0) assert.equal(render(document), render(document));
        cases += 1;
      }
    }
  });
}

function machinesOf(release: Release): Machine[] {
  return release.platforms.flatMap((platform) =>
    platform.firmwares.flatMap((firmware) =>
      release.editions.map((edition) => ({ release, platform, firmware, edition })),
    ),
  );
}

const covers = new Map<string, Case[]>();

// Most machines have the same options, and a cover takes longer than a case.
function coverFor(machine: Machine): Case[] {
  const options = optionsFor(machine);
  const key = JSON.stringify(options, (_, value: unknown) => (value === undefined ? "left out" : value));
  const cover = covers.get(key) ?? pairwise(options);
  covers.set(key, cover);
  return cover;
}

/** What is wrong with the answer file of a spec. */
function faultsOf({ firmware, platform, release }: Machine, document: unknown): unknown[] {
  const xml = render(document);
  if (typeof xml !== "string") return xml;
  const { family, product } = release;
  const { architecture } = platform;
  if (family === "xp") throw new Error(`${release.id} reads winnt.sif`);
  return [
    ...checkAnswerFile(parseXml(xml), { firmware, architecture, family, product }),
    ...(/^[\r\n\u0020-\u007E]*$/.test(xml) ? [] : ["not ASCII"]),
    ...(xml.replaceAll("\r\n", "").includes("\n") ? ["a line feed without a carriage return"] : []),
    // A floppy holds 1,457,664 bytes; real files reach 202 KB.
    ...(xml.length < 100_000 ? [] : [`${xml.length} bytes`]),
  ];
}

/** The answer file, made the way `casement generate` makes it, or the faults of the spec. */
function render(document: unknown): string | unknown[] {
  const checked = checkSpec(document);
  if (!("spec" in checked)) return [...checked.faults];
  const plan = buildPlan(checked.spec, { password: "Made-1", files: new Map() });
  return renderAnswerFile(answerSettings(plan));
}
