import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { run } from "../../src/process/run.ts";
import { evaluate, nix, refusal, repository, scratch, skipWithoutNix, toolPkgs } from "../nix/nix-tool.ts";

const yaml = `name: win11
windows:
  release: windows-11-24h2
  files:
    - { path: tools/a.txt, source: files/a.txt }
account: { password: Example-Password-1 }
`;
const typescript = `import { defineSpec } from "casement";
import { memoryMiB } from "./shared.ts";
export default defineSpec({
  name: "win11",
  windows: { release: "windows-11-24h2" },
  hardware: { memoryMiB },
  account: { password: "Example-Password-1" },
});
`;

describe("driftCheck", { skip: skipWithoutNix }, () => {
  const folder = scratch();
  before(() => mkdirSync(join(folder.path, "none")));
  after(() => folder[Symbol.dispose]());

  test("passes for a folder that is what its spec says, and lists what differs for one that is not", async () => {
    const project = await makeProject("casement.yaml", yaml);
    const fresh = build(project, "");
    assert.equal(fresh.exitCode, 0, fresh.stderr);

    edit(project, "casement.yaml", "hardware: { memoryMiB: 8192 }\n");
    const stale = build(project, "");
    assert.notEqual(stale.exitCode, 0);
    assert.match(stale.stderr, /out of date +casement\/machine\.json/);
    assert.match(stale.stderr, /Run 'casement generate casement\.yaml --out casement' and commit casement\./);
  });

  test("finds a file that was edited by hand, and a named file that has changed", async () => {
    const project = await makeProject("casement.yaml", yaml);
    edit(project, "casement/machine.json", " ");
    assert.match(build(project, "").stderr, /changed by hand +casement\/machine\.json/);
    await generate(project, "casement.yaml", "--force");
    edit(project, "files/a.txt", "more");
    assert.match(build(project, "").stderr, /out of date +casement\/media\/bootstrap\/files\/tools\/a\.txt/);
  });

  test("says that nothing was generated yet", async () => {
    const project = await makeProject("casement.yaml", yaml);
    rmSync(join(project, "casement"), { recursive: true });
    rmSync(join(project, "files"), { recursive: true });
    writeFileSync(join(project, "casement.yaml"), yaml.replace(/ {2}files:\n.*\n/, ""));
    assert.match(build(project, "").stderr, /missing +casement\/machine\.json/);
  });

  test("has in its hash what generate reads, and nothing else of the project", async () => {
    const project = await makeProject("casement.yaml", yaml);
    const hash = (): unknown => evaluate(`(${call(project, "")}).drvPath`);
    const first = hash();
    writeFileSync(join(project, "README.md"), "changed");
    writeFileSync(join(project, "files/other.txt"), "not named");
    assert.equal(hash(), first);
    for (const file of ["casement.yaml", "files/a.txt", "cygwin.lock.json", "casement/machine.json"]) {
      const before = hash();
      edit(project, file, "\n");
      assert.notEqual(hash(), before, file);
    }
  });

  test("runs a spec in TypeScript, with what it imports", async () => {
    const project = await makeProject("casement.ts", typescript);
    const fresh = build(project, 'spec = "casement.ts";');
    assert.equal(fresh.exitCode, 0, fresh.stderr);
    writeFileSync(join(project, "shared.ts"), "export const memoryMiB: number = 4096 + 4096;\n");
    const stale = build(project, `spec = "casement.ts"; files = [ ${project}/shared.ts ];`);
    assert.match(stale.stderr, /out of date +casement\/machine\.json/);
  });

  test("takes a spec in JSON, in a folder of its own, with another name for the generated folder", async () => {
    const project = await makeProject(
      "machines/small.json",
      JSON.stringify({
        name: "small",
        windows: { release: "windows-11-24h2", files: [{ path: "a.txt", source: "../files/a.txt" }] },
        account: { password: "Example-Password-1" },
      }),
      "machines/generated",
    );
    const made = build(project, 'spec = "machines/small.json"; out = "machines/generated";');
    assert.equal(made.exitCode, 0, made.stderr);
  });

  for (const { title, given, want } of [
    {
      title: "a project's folder as text",
      given: 'src = "/text";',
      want: /src has to be a path, got a string\n +Write: casement\.lib\.driftCheck \{ src = \.\/\.; \}/,
    },
    {
      title: "a spec that is not there",
      given: 'spec = "casement.yml";',
      want: /none\/casement\.yml: not found\n +Name the spec: [^\n]+ git add --intent-to-add casement\.yml/,
    },
  ]) {
    test(`refuses ${title}`, () => {
      assert.match(refusal(`(${call(join(folder.path, "none"), given)}).drvPath`), want);
    });
  }

  let count = 0;
  async function makeProject(spec: string, text: string, out = "casement"): Promise<string> {
    const project = join(folder.path, `project-${count++}`);
    mkdirSync(join(project, "files"), { recursive: true });
    mkdirSync(join(project, spec, ".."), { recursive: true });
    writeFileSync(join(project, "files/a.txt"), "a");
    writeFileSync(join(project, "shared.ts"), "export const memoryMiB: number = 4096;\n");
    writeFileSync(join(project, spec), text);
    await generate(project, spec, "--out", join(project, out));
    return project;
  }
});

async function generate(project: string, spec: string, ...options: readonly string[]): Promise<void> {
  const main = join(repository, "src/cli/main.ts");
  await run({ file: process.execPath, args: [main, "generate", join(project, spec), ...options] });
}

function edit(project: string, file: string, more: string): void {
  appendFileSync(join(project, file), more);
}

function call(project: string, more: string): string {
  return `(import ${repository} { toolPkgs = ${toolPkgs}; }).lib.driftCheck ({ src = ${project}; } // { ${more} })`;
}

function build(project: string, more: string): ReturnType<typeof nix> {
  return nix("build", "--impure", "--no-link", "-L", "--expr", call(project, more));
}
