import assert from "node:assert/strict";
import { test } from "node:test";
import type { NixFacts } from "../../src/doctor/facts.ts";
import { judgeNix } from "../../src/doctor/judge-nix.ts";
import { nixVersion } from "../../src/doctor/nix-version.ts";
import { inWords, nix, project, settings } from "./sample-facts.ts";

const fine = ["ok nix: nix (Nix) 2.26.3", "ok flakes: enabled", "ok sandbox: on"];
const others = (change: Partial<NixFacts>): string[] =>
  inWords(judgeNix({ nix: { ...nix, ...change }, project })).filter((line) => !fine.includes(line));
const othersWith = (change: Partial<typeof settings>): string[] =>
  others({ settings: { ...settings, ...change } });

test("a Nix as it comes is fine", () => {
  assert.deepEqual(inWords(judgeNix({ nix, project })), fine);
});

test("no Nix is a problem, and the only finding", () => {
  const [line, ...rest] = inWords(judgeNix({ nix: undefined, project }));
  assert.match(line ?? "", /^problem nix: no nix on PATH; generating needs none/);
  assert.deepEqual(rest, []);
});

test("versions of all kinds of Nix are read", () => {
  assert.deepEqual(nixVersion("nix (Nix) 2.18.1"), [2, 18]);
  assert.deepEqual(nixVersion("nix (Nix) 2.32pre20251001_abcdef0"), [2, 32]);
  assert.deepEqual(nixVersion("nix (Determinate Nix 3.11.2) 2.31.1"), [2, 31]);
  assert.deepEqual(nixVersion("nix (Lix, like Nix) 2.93.0"), [2, 93]);
  assert.equal(nixVersion("nix"), undefined);
});

test("a Nix of before 2.18 is a problem, one without a number a warning", () => {
  assert.deepEqual(others({ version: "nix (Nix) 2.8.0" }), [
    "problem nix: nix (Nix) 2.8.0; needed is 2.18 or later",
  ]);
  assert.deepEqual(others({ version: "nix (Nix) 2.18.0" }), ["ok nix: nix (Nix) 2.18.0"]);
  assert.deepEqual(others({ version: "nix (Nix) 3.0.0" }), ["ok nix: nix (Nix) 3.0.0"]);
  assert.match(others({ version: "odd" })[0] ?? "", /^warning nix: its version could not be read: odd/);
});

const rows: readonly { title: string; given: string[]; want: RegExp | undefined }[] = [
  {
    title: "flakes that are off",
    given: othersWith({ experimentalFeatures: ["nix-command"] }),
    want: /^warning flakes: experimental-features lacks flakes;/,
  },
  {
    title: "no sandbox",
    given: othersWith({ sandbox: "off" }),
    want: /^warning sandbox: off;/,
  },
  { title: "half a sandbox", given: othersWith({ sandbox: "relaxed" }), want: /^warning sandbox: relaxed:/ },
  {
    title: "a Nix that ends whoever is silent for a minute",
    given: othersWith({ maxSilentTime: 60 }),
    want: /^problem max-silent-time: .*silent for 60 s; a stage speaks every 60 s$/,
  },
  { title: "a Nix that waits longer", given: othersWith({ maxSilentTime: 61 }), want: undefined },
  {
    title: "a Nix that ends long builds",
    given: othersWith({ timeout: 3600 }),
    want: /^warning timeout: Nix ends a build after 3600 s; an installation may take up to 14400 s/,
  },
  { title: "a Nix that ends longer builds only", given: othersWith({ timeout: 14_400 }), want: undefined },
  {
    title: "a store that does not answer",
    given: others({ storeUrl: null }),
    want: /^problem store: the Nix store cannot be reached$/,
  },
  {
    title: "a remote builder",
    given: others({
      builders: [
        { uri: "ssh-ng://b", systems: ["x86_64-linux"], features: ["kvm", "windows-vm"], mandatory: [] },
      ],
    }),
    want: /^ok remote builder: ssh-ng:\/\/b builds for x86_64-linux with kvm, windows-vm; run doctor there, too$/,
  },
];
for (const { title, given, want } of rows) {
  test(`Nix: ${title}`, () => {
    assert.equal(given.length, want === undefined ? 0 : 1, given.join("\n"));
    if (want !== undefined) assert.match(given[0] ?? "", want);
  });
}

test("Determinate Nix has flakes, whatever its settings list", () => {
  const version = "nix (Determinate Nix 3.11.2) 2.31.1";
  const lines = others({ version, settings: { ...settings, experimentalFeatures: [] } });
  assert.deepEqual(lines, [`ok nix: ${version}`]);
});

test("settings that Nix does not show are a warning", () => {
  assert.match(
    inWords(judgeNix({ nix: { ...nix, settings: null }, project }))[1] ?? "",
    /^warning settings:/,
  );
});
