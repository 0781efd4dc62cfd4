import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { SpecError } from "../../src/errors.ts";
import { loadSpec } from "../../src/spec/load.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

test("YAML, JSON and TypeScript give the same spec", async () => {
  await using folder = await makeTempFolder();
  const texts = {
    "a.yaml": "name: a\nwindows: { release: windows-11-24h2 }\n",
    "a.json": '{ "name": "a", "windows": { "release": "windows-11-24h2" } }',
    "a.ts": [
      'import { defineSpec } from "casement";',
      "const name: string = 'a';",
      'export default defineSpec({ name, windows: { release: "windows-11-24h2" } });',
    ].join("\n"),
  };
  const specs = [];
  for (const [name, text] of Object.entries(texts)) {
    await writeFile(join(folder.path, name), text);
    specs.push(await loadSpec(join(folder.path, name)));
  }
  assert.equal(specs[0]?.name, "a");
  assert.deepEqual(specs[1], specs[0]);
  assert.deepEqual(specs[2], specs[0]);
});

const rows: readonly { title: string; name: string; content: string | Uint8Array | null; message: RegExp }[] =
  [
    {
      title: "a missing file",
      name: "no.yaml",
      content: null,
      message: /\(document\): there is no such file\n {4}Name the spec/,
    },
    {
      title: "a folder",
      name: "folder.yaml",
      content: "FOLDER",
      message: /\(document\): is a folder\n {4}Name the spec in it/,
    },
    {
      title: "another ending",
      name: "a.toml",
      content: "",
      message: /has to end in \.yaml, \.yml, \.json, \.ts, got "\.toml"/,
    },
    {
      title: "an empty file",
      name: "a.yaml",
      content: "",
      message: /\(document\): is empty\n {4}It has to name at least `name`/,
    },
    {
      title: "bytes that are not UTF-8",
      name: "b.yaml",
      content: Uint8Array.of(0xff, 0xfe),
      message: /is not UTF-8/,
    },
    {
      title: "a huge file",
      name: "c.yaml",
      content: "#".repeat(2 ** 20 + 1),
      message: /has to be at most 1048576 bytes long, got 1048577/,
    },
    {
      title: "a module without a default export",
      name: "a.ts",
      content: "export const a = 1;",
      message: /has no default export\n {4}Write: export default defineSpec/,
    },
    {
      title: "a module that throws",
      name: "b.ts",
      content: "throw new Error('boom');",
      message: /cannot be loaded: boom \(\/.*b\.ts:1:7\)/,
    },
    {
      title: "a folder without an ending",
      name: "folder",
      content: "FOLDER",
      message: /\(document\): is a folder/,
    },
    {
      title: "a file of comments",
      name: "e.yaml",
      content: "# later\n\n  # more\n",
      message: /\(document\): is empty/,
    },
    {
      title: "a module with an enum",
      name: "e.ts",
      content: "enum A { B }\nexport default A;",
      message: /cannot be loaded: .*enum.*e\.ts:1\)\n {4}Node strips types/,
    },
    {
      title: "a module that imports without an ending",
      name: "f.ts",
      content: 'import { base } from "./base";\nexport default base;',
      message: /cannot be loaded: Cannot find module .*\n {4}Relative imports need their ending/,
    },
    {
      title: "a module that exports a promise",
      name: "g.ts",
      content: "export default Promise.resolve({});",
      message: /is a promise\n {4}Write: export default await/,
    },
    {
      title: "a module that exports a function",
      name: "h.ts",
      content: "export default () => ({});",
      message: /is a function\n {4}Export what it returns/,
    },
    {
      title: "a module with broken syntax",
      name: "c.ts",
      content: "export default {",
      message: /cannot be loaded: .*c\.ts:1\)/,
    },
    {
      title: "a fault",
      name: "d.yaml",
      content: "name: a\nwindows:\n  release: w\n",
      message: /d\.yaml: 1 fault\n {2}windows\.release \(line 3\): is not one of/,
    },
  ];

for (const row of rows) {
  test(`${row.title} is refused with its reason`, async () => {
    await using folder = await makeTempFolder();
    const file = join(folder.path, row.name);
    if (row.content === "FOLDER") await mkdir(file);
    else if (row.content !== null) await writeFile(file, row.content);
    await assert.rejects(loadSpec(file), (error) => {
      assert.ok(error instanceof SpecError);
      assert.match(error.message, row.message);
      return true;
    });
  });
}

test("faults inside lists and between fields come together, each with the line that it stands on", async () => {
  await using folder = await makeTempFolder();
  const file = join(folder.path, "casement.yaml");
  await writeFile(
    file,
    `name: hello
windows:
  release: windows-11-24h2
  locale:
    keyboards: [ "0407:00000999" ]
  accounts:
    - { name: second, password: Second-1, groups: [ Administrator ] }
    - name: Casement
      password: Third-1
  disk:
    partitions:
      - { type: EFI, sizeMB: 260 }
      - { type: Primary, windows: true, letter: D }
  commands:
    specialize:
      - echo fine
      - shutdown /r
  files:
    - { path: a.txt, text: a }
    - path: A.TXT
      txt: b
  extraSettings:
    - { component: Microsoft-Windows-Shell-Setup, pass: specialize, path: OEMInformation/Modle, value: x }
hardware:
  vcpus: 0
`,
  );
  const error = await loadSpec(file).catch((thrown: unknown) => thrown);
  assert.ok(error instanceof SpecError);
  assert.deepEqual(error.issues.map(({ path }) => path).toSorted(), [
    "hardware.vcpus (line 25)",
    "windows.accounts[0].groups[0] (line 7)",
    "windows.accounts[1].name (line 8)",
    "windows.commands.specialize[1] (line 17)",
    "windows.disk.partitions[1].letter (line 13)",
    "windows.extraSettings[0].path (line 23)",
    "windows.files[1].txt (line 21)",
    "windows.locale.keyboards[0] (line 5)",
  ]);
});
