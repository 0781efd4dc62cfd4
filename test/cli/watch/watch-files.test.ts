import assert from "node:assert/strict";
import { appendFile, mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { watchFiles } from "../../../src/cli/watch/watch-files.ts";
import { until } from "../../../src/process/until.ts";
import { makeTempFolder, type TempFolder } from "../../support/temp-folder.ts";

const changes: readonly { title: string; make: (folder: string) => Promise<unknown> }[] = [
  { title: "written to", make: (folder) => appendFile(join(folder, "sub/file"), "more") },
  { title: "deleted", make: (folder) => rm(join(folder, "sub/file")) },
  {
    title: "replaced by another that is renamed over it",
    make: async (folder) => {
      await writeFile(join(folder, "sub/new"), "other");
      await rename(join(folder, "sub/new"), join(folder, "sub/file"));
    },
  },
  {
    title: "replaced with its folder",
    make: async (folder) => {
      await mkdir(join(folder, "next"));
      await writeFile(join(folder, "next/file"), "other");
      await rename(join(folder, "sub"), join(folder, "old"));
      await rename(join(folder, "next"), join(folder, "sub"));
    },
  },
  {
    title: "reached by a link that leads elsewhere now",
    make: async (folder) => {
      await symlink("nowhere", join(folder, "new-link"));
      await rename(join(folder, "new-link"), join(folder, "link"));
    },
  },
];
for (const { title, make } of changes) {
  test(`a file that is ${title} has changed`, async () => {
    await using place = await makePlace();
    using watch = watchFiles((path) => place.seen.push(path));
    watch.restart([join(place.path, "link/file")]);
    await make(place.path);
    await place.untilSeen(1);
  });
}

test("a file that comes, with its folder, is seen after a new start, as after each change", async () => {
  await using place = await makePlace();
  const file = join(place.path, "later/file");
  using watch = watchFiles((path) => {
    place.seen.push(path);
    watch.restart([file]);
  });
  watch.restart([file]);
  await mkdir(join(place.path, "later"));
  await place.untilSeen(1);
  await writeFile(file, "");
  await place.untilSeen(2);
  assert.equal(place.seen[0], join(place.path, "later"));
});

test("neighbours of a watched file do not count, and nothing does after the end", async () => {
  await using place = await makePlace();
  const file = join(place.path, "sub/file");
  {
    using watch = watchFiles((path) => place.seen.push(path));
    watch.restart([file]);
    await writeFile(join(place.path, "sub/.file.swp"), "");
    await appendFile(file, "fence");
    await place.untilSeen(1);
    assert.deepEqual(new Set(place.seen), new Set([file]));
  }
  const before = place.seen.length;
  await appendFile(file, "unseen");
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(place.seen.length, before);
});

test("extend tells whether a file was not watched yet", async () => {
  await using place = await makePlace();
  using watch = watchFiles((path) => place.seen.push(path));
  watch.restart([join(place.path, "sub/file")]);
  assert.equal(watch.extend([join(place.path, "sub/file")]), false);
  assert.equal(watch.extend([join(place.path, "sub/other")]), true);
  await writeFile(join(place.path, "sub/other"), "");
  await place.untilSeen(1);
});

interface Place extends TempFolder {
  readonly seen: string[];
  untilSeen(count: number): Promise<void>;
}

/** A folder with sub/file, which can also be reached as link/file. */
async function makePlace(): Promise<Place> {
  const folder = await makeTempFolder();
  await mkdir(join(folder.path, "sub"));
  await writeFile(join(folder.path, "sub/file"), "");
  await symlink("sub", join(folder.path, "link"));
  const seen: string[] = [];
  const untilSeen = (count: number): Promise<void> =>
    until({
      what: `change ${count}`,
      timeoutMs: 5000,
      intervalMs: 2,
      probe: (observe) => {
        observe(seen.join(", "));
        return seen.length >= count ? null : undefined;
      },
    }).then(() => undefined);
  return { path: folder.path, seen, untilSeen, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}
