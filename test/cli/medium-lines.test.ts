import assert from "node:assert/strict";
import { test } from "node:test";
import { mediumLines } from "../../src/cli/medium-lines.ts";
import { proposeReleases } from "../../src/cli/propose-release.ts";
import type { Medium } from "../../src/media/medium.ts";
import { checkSpec } from "../../src/spec/check.ts";
import { parseYaml } from "../../src/spec/parse.ts";
import { changeImages, medium } from "../media/mediums.ts";
import { server2022Evaluation, windows10, windows11Evaluation, windows7 } from "../media/modelled-media.ts";

const iso = { name: "win.iso", sha256: "0".repeat(64) };
const today = new Date("2026-11-22T12:00:00Z");

function lines(has: Medium): string {
  return mediumLines({ medium: has, proposals: proposeReleases(has, "win.iso"), iso, today });
}

test("an evaluation edition gets its last day, and a clock that begins today", () => {
  assert.equal(
    lines(medium(windows11Evaluation)),
    `# It could also be windows-11-25h2: the medium does not tell.
windows:
  release: windows-11-24h2
  edition: Enterprise Evaluation
  language: en-US
  evaluationExpires: "2027-02-20"
  iso:
    name: "win.iso"
    sha256: "${iso.sha256}"
hardware:
  # The evaluation's days are counted from here, by the guest's own clock.
  rtcBase: "2026-11-22T00:00:00"
`,
  );
});

test("a medium with several images is listed; architecture and image are named where they are not the usual ones", () => {
  const other = changeImages(medium(windows10), {
    architecture: "x86",
    languages: ["de-DE"],
    defaultLanguage: "de-DE",
  });
  const [first, ...rest] = other.images;
  const renamed = [first, ...rest].map((image) => ({
    ...image,
    name: image.name.replace("Windows", "Fenster"),
  }));
  const [one, ...more] = renamed;
  assert.ok(one !== undefined);
  const text = lines({ ...other, images: [one, ...more] });
  assert.match(text, /^# The medium has 1 "Fenster 10 Home" \(Home\), 2 .*, 6 "Fenster 10 Pro" \(Pro\), /);
  assert.match(text, /^ {2}architecture: x86$/m);
  assert.match(text, /^ {2}edition: Pro$/m);
  assert.match(text, /^ {2}image: \{ index: 6 \}$/m);
  assert.match(text, /^ {2}language: de-DE$/m);
});

test("a medium of no release that casement knows leaves the release open, so that a spec with the lines is refused", () => {
  const text = lines(changeImages(medium(windows10), { build: 10240 }));
  assert.match(text, /^ {2}release: # \(none fits\)$/m);
  const { value } = parseYaml(`name: a\n${text}`);
  assert.deepEqual(
    checkSpec(value).faults.map(({ path }) => path.join(".")),
    ["windows.release"],
  );
});

for (const [title, has] of [
  ["Windows 7", medium(windows7)],
  ["Windows 10", medium(windows10)],
  ["Windows 11 for evaluation", medium(windows11Evaluation)],
  ["Windows Server 2022 for evaluation", medium(server2022Evaluation)],
] as const) {
  test(`the lines for ${title}, below a name, are a spec that holds`, () => {
    const { value, issues } = parseYaml(`name: hello\n${lines(has)}`);
    assert.deepEqual(issues, []);
    assert.deepEqual(checkSpec(value).faults, []);
  });
}
