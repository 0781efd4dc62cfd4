import assert from "node:assert/strict";
import { test } from "node:test";
import type { ProjectFacts } from "../../src/doctor/facts.ts";
import { judgeProject } from "../../src/doctor/judge-project.ts";
import { inWords, project } from "./sample-facts.ts";

const fine = inWords(judgeProject(project));
const others = (change: Partial<ProjectFacts>): string[] =>
  inWords(judgeProject({ ...project, ...change })).filter((line) => !fine.includes(line));
const untracked = { command: "git add --intent-to-add 'my casement'", isIgnored: false };
const store = { path: "/nix/store/x-w.iso", isThere: true, isKept: true };

test("a project with everything in its place", () => {
  assert.deepEqual(fine, [
    "ok iso: /nix/store/x-w.iso",
    "ok cygwin: locked by cygwin.lock.json",
    "ok licence: flake.nix allows unfree packages",
    "ok generated: the folder is what the spec says",
    "ok git: knows the generated folder, or is not used here",
  ]);
});

const rows: readonly { title: string; given: string[]; want: readonly RegExp[] }[] = [
  { title: "no ISO in the spec", given: others({ iso: null }), want: [/^warning iso: the spec names none/] },
  {
    title: "an ISO that is not in the store",
    given: others({ iso: { name: "w.iso", url: null, store: { ...store, isThere: false, isKept: false } } }),
    want: [/^problem iso: w\.iso is not in the Nix store$/],
  },
  {
    title: "an ISO that nothing keeps",
    given: others({ iso: { name: "w.iso", url: null, store: { ...store, isKept: false } } }),
    want: [/^warning iso: \/nix\/store\/x-w\.iso: the next garbage collection may take it$/],
  },
  {
    title: "an ISO that Nix fetches",
    given: others({
      iso: { name: "w.iso", url: "https://a.example/w", store: { ...store, isThere: false, isKept: false } },
    }),
    want: [/^ok iso: Nix fetches w\.iso from https:\/\/a\.example\/w$/],
  },
  {
    title: "an ISO that nothing keeps, and that Nix fetches again",
    given: others({ iso: { name: "w.iso", url: "https://a.example/w", store: { ...store, isKept: false } } }),
    want: [],
  },
  {
    title: "an ISO and no Nix to ask",
    given: others({ iso: { name: "w.iso", url: null, store: null } }),
    want: [/^warning iso: w\.iso was not looked for, without Nix$/],
  },
  {
    title: "no lock",
    given: others({ isLocked: false }),
    want: [/^warning cygwin: there is no cygwin\.lock\.json/],
  },
  { title: "no lock, and no Cygwin either", given: others({ isLocked: false, access: "openssh" }), want: [] },
  {
    title: "a flake that allows nothing",
    given: others({ flake: "pkgs = nixpkgs.legacyPackages.x86_64-linux;" }),
    want: [/^warning licence: Windows is unfree, and flake\.nix does not seem to allow that/],
  },
  { title: "no flake", given: others({ flake: undefined, untracked }), want: [] },
  {
    title: "a flake on the stand-in",
    given: others({ flake: "inherit (casement.lib.standIn { }) iso cygwin;", iso: null, isLocked: false }),
    want: [/^ok media: flake\.nix takes the stand-in, which needs no ISO and is not Windows$/],
  },
  {
    title: "a folder that is not there",
    given: others({ stale: "missing" }),
    want: [/^problem generated: there is no generated folder yet$/],
  },
  {
    title: "a folder of an older spec",
    given: others({ stale: ["a", "b", "c", "d", "e"] }),
    want: [/^problem generated: not what the spec says: a, b, c, and 2 more$/],
  },
  {
    title: "a folder that git does not know",
    given: others({ untracked }),
    want: [/^problem git: does not know the generated folder/],
  },
  {
    title: "a folder that git ignores",
    given: others({ untracked: { ...untracked, isIgnored: true } }),
    want: [/^problem git: ignores files of the generated folder, and a flake sees only what git knows$/],
  },
];
for (const { title, given, want } of rows) {
  test(`project: ${title}`, () => {
    assert.equal(given.length, want.length, given.join("\n"));
    want.forEach((pattern, index) => assert.match(given[index] ?? "", pattern));
  });
}

test("what to do can be pasted", () => {
  const findings = judgeProject({
    ...project,
    iso: { name: "w.iso", url: null, store: { ...store, isThere: false } },
    untracked,
  });
  const todo = findings.flatMap((finding) => finding.todo ?? []);
  assert.deepEqual(todo, [
    "casement media add FILE.iso --name w.iso",
    "git add --intent-to-add 'my casement'",
  ]);
});
