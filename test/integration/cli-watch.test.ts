import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { runCli } from "../cli/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { startWatching } from "./watched-project.ts";

const spec = "name: hello\nwindows: { release: windows-10-22h2 }\n";
const withVcpus = (vcpus: number | string): string => `${spec}hardware: { vcpus: ${vcpus} }\n`;
const rewrote = /^\d\d:\d\d:\d\d casement\.yaml: wrote machine\.json\n/m;

test("each way of changing the spec is one line with what was rewritten, again and again", async () => {
  await using project = await startWatching({ "casement.yaml": spec });
  await project.write("casement.yaml", withVcpus(3));
  await project.untilSaid(rewrote);
  assert.match(await project.machine(), /"vcpus": 3/);
  for (const vcpus of [4, 5]) {
    await project.replace("casement.yaml", withVcpus(vcpus));
    await project.untilSaid(rewrote);
    assert.match(await project.machine(), new RegExp(`"vcpus": ${vcpus}`));
  }
  for (const vcpus of [6, 7]) {
    await rm(join(project.path, "casement.yaml"));
    await project.untilSaid(/casement\.yaml: 1 fault\n.*there is no such file/);
    await project.write("casement.yaml", withVcpus(vcpus));
    await project.untilSaid(rewrote);
    assert.match(await project.machine(), new RegExp(`"vcpus": ${vcpus}`));
  }
  await project.write("casement.yaml", `# The same in other words.\n${withVcpus(7)}`);
  await project.untilSaid(/casement\.yaml: up to date\n/);
});

test("two quick writes are one regeneration, with what the second wrote", async () => {
  await using project = await startWatching({ "casement.yaml": spec });
  await project.write("casement.yaml", withVcpus(3));
  await project.write("casement.yaml", withVcpus(4));
  await project.untilSaid(rewrote);
  assert.match(await project.machine(), /"vcpus": 4/);
  await sleep(200);
  await project.write("casement.yaml", withVcpus(5));
  assert.match(
    await project.untilSaid(rewrote),
    /^\d\d:\d\d:\d\d casement\.yaml: wrote/,
    "nothing in between",
  );
});

test("a faulty spec is told with all its faults, leaves the folder alone, and is mended", async () => {
  await using project = await startWatching({ "casement.yaml": spec });
  const before = await project.machine();
  await project.write("casement.yaml", `${withVcpus(0)}foo: 1\n`);
  await project.untilSaid(/2 faults\n {2}hardware\.vcpus \(line 3\): .*\n(?: {4}.*\n)? {2}foo \(line 4\): /);
  assert.equal(await project.machine(), before);
  await project.write("casement.yaml", withVcpus(3));
  await project.untilSaid(rewrote);
});

test("a spec that is faulty from the start is waited for", async () => {
  await using project = await startWatching({ "casement.yaml": "name: [" });
  assert.ok(!existsSync(join(project.path, "casement")));
  await project.write("casement.yaml", spec);
  await project.untilSaid(/casement\.yaml: wrote .*machine\.json/);
});

test("files that the spec names are watched, also one that is missing and one whose folder is replaced", async () => {
  const named = `name: hello\nwindows: { release: windows-10-22h2, files: [{ path: a.txt, source: tools/a.txt }] }\n`;
  await using project = await startWatching({ "casement.yaml": named, "tools/a.txt": "first" });
  const copy = join(project.path, "casement/media/bootstrap/files/a.txt");
  await project.write("tools/a.txt", "second");
  await project.untilSaid(/tools\/a\.txt: wrote media\/bootstrap\/files\/a\.txt\n/);
  assert.equal(await readFile(copy, "utf8"), "second");

  await rm(join(project.path, "tools/a.txt"));
  await project.untilSaid(/windows\.files\[0\]\.source .*there is no such file/);
  await project.write("tools/a.txt", "third");
  await project.untilSaid(/tools\/a\.txt: wrote media\/bootstrap\/files\/a\.txt\n/);

  await mkdir(join(project.path, "next"));
  await project.write("next/a.txt", "fourth");
  await rm(join(project.path, "tools"), { recursive: true });
  await rename(join(project.path, "next"), join(project.path, "tools"));
  await project.untilSaid(/: wrote media\/bootstrap\/files\/a\.txt\n/);
  assert.equal(await readFile(copy, "utf8"), "fourth");
  await project.write("tools/a.txt", "fifth");
  await project.untilSaid(/tools\/a\.txt: wrote media\/bootstrap\/files\/a\.txt\n/);
});

test("Cygwin's lock is watched before it is there", async () => {
  await using project = await startWatching({ "casement.yaml": spec });
  await project.write("cygwin.lock.json", "{}");
  await project.untilSaid(/cygwin\.lock\.json: not a lock that casement wrote/);
  await rm(join(project.path, "cygwin.lock.json"));
  await project.untilSaid(/cygwin\.lock\.json: up to date\n/);
});

test("files in the way are told, and --force overwrites what was changed by hand", async () => {
  await using careful = await startWatching({ "casement.yaml": spec });
  await careful.write("casement/machine.json", "by hand");
  await careful.write("casement.yaml", withVcpus(3));
  await careful.untilSaid(/machine\.json: is casement's and was changed by hand/);
  assert.equal(await careful.machine(), "by hand");
  await using bold = await startWatching({ "casement.yaml": spec }, "--force");
  await bold.write("casement/machine.json", "by hand");
  await bold.write("casement.yaml", withVcpus(3));
  await bold.untilSaid(rewrote);
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  test(`${signal} ends it with 0, and leaves nothing behind`, async () => {
    await using project = await startWatching({ "casement.yaml": spec });
    await project.write("casement.yaml", withVcpus(3));
    await project.untilSaid(rewrote);
    assert.equal(await project.end(signal), 0);
    const left = (await readdir(join(project.path, "casement"))).filter((name) =>
      name.startsWith(".casement"),
    );
    assert.deepEqual(left, []);
    const after = runCli(project.path, ["generate"], join(project.path, "../cache"));
    assert.match(after.stdout, /is up to date/);
  });
}

test("--watch and --check do not go together", async () => {
  await using folder = await makeTempFolder();
  await writeFile(join(folder.path, "casement.yaml"), spec);
  const { exitCode, stderr } = runCli(folder.path, ["generate", "--watch", "--check"], folder.path);
  assert.equal(exitCode, 64);
  assert.match(stderr, /'--watch' cannot be used with option '--check'/);
});
