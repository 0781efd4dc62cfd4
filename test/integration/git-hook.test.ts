// The hook of docs/git.md, as it stands there.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { repository } from "../nix/nix-tool.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const hook = /```sh\n(#!\/bin\/sh\n[^]*?)```/.exec(
  readFileSync(join(repository, "docs/git.md"), "utf8"),
)?.[1];
const spec = (vcpus: number): string =>
  `name: hello\nwindows: { release: windows-10-22h2, files: [{ path: a.txt, source: a.txt }] }\nhardware: { vcpus: ${vcpus} }\n`;

test("a commit whose folder fits its spec passes, and leaves nothing behind", async () => {
  await using repo = await makeRepository();
  repo.casement("generate");
  repo.git("add", ".");
  const { status, stderr } = repo.git("commit", "-m", "all");
  assert.equal(status, 0, stderr);
  assert.equal(existsSync(join(repo.path, ".git/casement-staged")), false);
  assert.equal(repo.git("status", "--porcelain").stdout, "");
});

test("a commit without a spec is none of its business", async () => {
  await using repo = await makeRepository();
  repo.git("add", "a.txt");
  assert.equal(repo.git("commit", "-m", "a").status, 0);
});

test("a spec without its folder is refused, although the work tree is right", async () => {
  await using repo = await makeRepository();
  repo.casement("generate");
  repo.git("add", "casement.yaml", "a.txt");
  const refused = repo.git("commit", "-m", "spec alone");
  assert.equal(refused.status, 1);
  assert.match(
    refused.stdout + refused.stderr,
    /^missing +casement\/machine\.json$[^]*That is what is staged\. Generate, and git add/m,
  );
  assert.equal(repo.casement("generate", "--check").status, 0);
  assert.equal(existsSync(join(repo.path, ".git/casement-staged")), false);
});

test("each part that is staged without the other is refused: spec, folder, a file that the spec names", async () => {
  await using repo = await makeRepository();
  repo.casement("generate");
  repo.git("add", ".");
  repo.git("commit", "-m", "all");
  await writeFile(join(repo.path, "casement.yaml"), spec(3));
  assert.equal(repo.git("commit", "-a", "-m", "spec").status, 1, "commit -a");
  repo.casement("generate");
  assert.equal(repo.git("commit", "-m", "folder", "casement").status, 1, "the folder alone");
  assert.equal(repo.git("commit", "-m", "spec", "casement.yaml").status, 1, "the spec alone");
  assert.equal(repo.git("commit", "-a", "-m", "both").status, 0);
  await appendFile(join(repo.path, "a.txt"), "more");
  assert.equal(repo.git("commit", "-a", "-m", "source").status, 1, "what the spec names");
});

test("what is not staged is no obstacle, even where it is faulty", async () => {
  await using repo = await makeRepository();
  repo.casement("generate");
  repo.git("add", ".");
  repo.git("commit", "-m", "all");
  await writeFile(join(repo.path, "casement.yaml"), "name: [");
  await writeFile(join(repo.path, "README"), "words");
  repo.git("add", "README");
  const { status, stderr } = repo.git("commit", "-m", "words");
  assert.equal(status, 0, stderr);
  assert.equal(await readFile(join(repo.path, "casement.yaml"), "utf8"), "name: [");
});

test("files that git only intends to add are not in the commit, and it is refused", async () => {
  await using repo = await makeRepository();
  repo.casement("generate");
  repo.git("add", "casement.yaml", "a.txt");
  repo.git("add", "--intent-to-add", "casement");
  assert.equal(repo.git("commit", "-m", "intended").status, 1);
});

interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Repository extends AsyncDisposable {
  readonly path: string;
  git(...args: readonly string[]): Answer;
  casement(...args: readonly string[]): Answer;
}

/** A repository with the hook, a spec and the file that it names; nothing is staged. */
async function makeRepository(): Promise<Repository> {
  assert.ok(hook !== undefined, "docs/git.md has the hook");
  const folder = await makeTempFolder();
  const path = join(folder.path, "my repository");
  const bin = join(folder.path, "bin");
  await mkdir(bin);
  const start = join(repository, "src/cli/start.mjs");
  const program = `#!/bin/sh\nexec '${process.execPath}' '${start}' "$@"\n`;
  await writeFile(join(bin, "casement"), program, { mode: 0o755 });
  const env = {
    PATH: [bin, process.env["PATH"]].join(delimiter),
    HOME: folder.path,
    XDG_CACHE_HOME: join(folder.path, "cache"),
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: "a",
    GIT_AUTHOR_EMAIL: "a@example.org",
    GIT_COMMITTER_NAME: "a",
    GIT_COMMITTER_EMAIL: "a@example.org",
  };
  const run = (file: string, args: readonly string[]): Answer =>
    spawnSync(file, args, { cwd: path, env, encoding: "utf8" });
  await mkdir(path);
  run("git", ["init", "--quiet"]);
  await writeFile(join(path, ".git/hooks/pre-commit"), hook, { mode: 0o755 });
  await writeFile(join(path, "casement.yaml"), spec(2));
  await writeFile(join(path, "a.txt"), "first");
  return {
    path,
    git: (...args) => run("git", args),
    casement: (...args) => run(join(bin, "casement"), args),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}
