import assert from "node:assert/strict";
import { test } from "node:test";
import { proposeReleases } from "../../src/cli/propose-release.ts";
import type { Medium } from "../../src/media/medium.ts";
import { changeImages, medium } from "../media/mediums.ts";
import { server2022Evaluation, windows10, windows11Evaluation, windows7 } from "../media/modelled-media.ts";

const ltsc = changeImages(medium(windows11Evaluation), { editionId: "EnterpriseS", evaluation: false });

for (const [title, has, fileName, want] of [
  ["Windows 7", medium(windows7), "a.iso", [["windows-7", "Professional", 3]]],
  [
    "Windows 10, whose WIM has the build of several releases, by the edition",
    medium(windows10),
    "a.iso",
    [["windows-10-22h2", "Pro", 6]],
  ],
  [
    "Windows 11, of two releases that it does not tell apart",
    medium(windows11Evaluation),
    "26100.iso",
    [
      ["windows-11-24h2", "Enterprise Evaluation", 1],
      ["windows-11-25h2", "Enterprise Evaluation", 1],
    ],
  ],
  [
    "Windows 11, by the file's name where the medium does not tell",
    medium(windows11Evaluation),
    "26200.6584.250915-1905.25h2_ge_release_svc_refresh.iso",
    [["windows-11-25h2", "Enterprise Evaluation", 1]],
  ],
  ["LTSC, by its edition", ltsc, "a.iso", [["windows-11-ltsc-2024", "Enterprise LTSC", 1]]],
  [
    "a server, with a desktop first",
    medium(server2022Evaluation),
    "a.iso",
    [["windows-server-2022", "Standard Evaluation", 2]],
  ],
  ["a build of no release", changeImages(medium(windows10), { build: 10240 }), "a.iso", []],
  [
    "an architecture that the release does not have",
    changeImages(medium(server2022Evaluation), { architecture: "arm64" }),
    "a.iso",
    [],
  ],
] satisfies readonly (readonly [string, Medium, string, readonly (readonly [string, string, number])[]])[]) {
  test(`proposes for ${title}`, () => {
    const proposals = proposeReleases(has, fileName);
    assert.deepEqual(
      proposals.map(({ release, edition, image }) => [release.id, edition.id, image.index]),
      want,
    );
  });
}
