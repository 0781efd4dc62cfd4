import assert from "node:assert/strict";
import { test } from "node:test";
import { answerSettings } from "../../src/artifacts/settings.ts";
import { releases } from "../../src/catalogue/releases.ts";
import { importAnswerFile } from "../../src/import/import-answer-file.ts";
import { buildPlan } from "../../src/plan/build-plan.ts";
import { checkSpec } from "../../src/spec/check.ts";
import { renderAnswerFile } from "../../src/unattend/answer-file.ts";

const name = "round-trip";
const password = "Round-Trip-1";

/** What a spec says of an answer file beside the release. */
const rows: readonly { title: string; windows?: object; hardware?: object; account?: object }[] = [
  { title: "its defaults" },
  { title: "accounts", account: { user: "builder", password: "Pass-Word_1" } },
  {
    title: "everything that an answer file can say",
    windows: {
      language: "de-DE",
      locale: { user: "fr-FR", keyboards: ["0407:00000407", "0409:00000409"] },
      timeZone: "Tokyo Standard Time",
      computerName: "OTHER",
      fullName: "A & B <ü>",
      organization: "Ünïcode",
      administrator: { password: "Admin-1" },
      accounts: [
        {
          name: "second",
          password: "Second-1",
          groups: ["Users"],
          displayName: "The second",
          description: "b",
        },
      ],
      drivers: { virtioWin: true, folders: ["printer"] },
      behaviour: { uac: false, remoteDesktop: true },
      commands: { windowsPE: ["cmd /c echo a"], specialize: ["cmd /c echo b & echo c"] },
      extraSettings: [
        { component: "Microsoft-Windows-Shell-Setup", pass: "specialize", path: "CopyProfile", value: true },
      ],
    },
  },
  {
    title: "a layout of its own",
    windows: {
      disk: {
        partitions: [
          { type: "Primary", sizeMB: 300, active: true, label: "Boot" },
          { type: "Primary", sizeMB: 40_000, windows: true, label: "System" },
          { type: "Primary", letter: "D" },
        ],
      },
    },
    hardware: { firmware: "bios" },
  },
  {
    title: "recovery, extended and logical partitions",
    windows: {
      disk: {
        partitions: [
          { type: "Primary", sizeMB: 300, active: true, label: "Boot" },
          { type: "Recovery", sizeMB: 800, label: "Recovery" },
          { type: "Primary", sizeMB: 30_000, windows: true, label: "System" },
          { type: "Extended", sizeMB: 9_000 },
          { type: "Logical", sizeMB: 2_000, letter: "D", format: "FAT32", label: "TOOLS" },
          { type: "Logical", letter: "E" },
        ],
      },
    },
    hardware: { firmware: "bios" },
  },
];

for (const { title, ...row } of rows) {
  test(`an answer file that casement wrote gives a spec that writes the same one: ${title}`, async () => {
    let rendered = 0;
    for (const release of releases) {
      for (const { architecture } of release.platforms) {
        for (const edition of [release.editions[0], ...release.editions.slice(-1)]) {
          const text = render({
            ...row,
            windows: { ...row.windows, release: release.id, architecture, edition: edition.id },
          });
          if (text === undefined) continue;
          rendered += 1;
          const bytes = new TextEncoder().encode(text);
          const imported = await importAnswerFile(bytes, "file.xml", { name, release: release.id });
          const where = `${release.id} ${architecture} ${edition.id}`;
          assert.deepEqual(imported.leftovers, [], where);
          assert.equal(render(imported.spec), text, where);
        }
      }
    }
    assert.ok(rendered >= 14, String(rendered));
  });
}

test("a file that casement wrote tells its own family", async () => {
  for (const release of releases) {
    const text = render({ windows: { release: release.id } });
    if (text === undefined) continue;
    const { spec } = await importAnswerFile(new TextEncoder().encode(text), "file.xml", { name });
    const found = releases.find(({ id }) => id === spec.windows.release);
    assert.equal(found?.family, release.family, `${release.id} was taken for ${found?.id}`);
  }
});

/** Undefined where the spec does not hold for the release, and for those that have no XML. */
function render(input: object): string | undefined {
  const checked = checkSpec({ name, ...input });
  if (!("spec" in checked)) return undefined;
  const plan = buildPlan(checked.spec, { password, files: new Map() });
  return plan.release.family === "xp" ? undefined : renderAnswerFile(answerSettings(plan));
}
