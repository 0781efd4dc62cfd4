import assert from "node:assert/strict";
import { test } from "node:test";
import type { HostFacts } from "../../src/doctor/facts.ts";
import { judgeRoom } from "../../src/doctor/judge-room.ts";
import { host, inWords, project } from "./sample-facts.ts";

const judge = (change: Partial<HostFacts>, of: typeof project | undefined = project): string[] =>
  inWords(judgeRoom({ host: { ...host, ...change }, project: of }));

test("enough of everything", () => {
  assert.deepEqual(judge({}), [
    "ok memory: Windows and its controller have 4608 MiB, and 12000 are free",
    "ok store's room: /nix/store has 195.3 GiB free",
    "ok builds' room: builds work in /tmp, which has 48.8 GiB free",
  ]);
});

const rows: readonly { title: string; given: string[]; want: RegExp }[] = [
  {
    title: "a machine smaller than the guest",
    given: judge({ memory: { totalMiB: 4607, availableMiB: 4000 } }),
    want: /^problem memory: .*have 4608 MiB, and this machine has 4607$/,
  },
  {
    title: "a machine that is in use",
    given: judge({ memory: { totalMiB: 4608, availableMiB: 4607 } }),
    want: /^warning memory: .*of 4608 only 4607 are free now$/,
  },
  {
    title: "a store that cannot hold the frozen memory",
    given: judge({ storeRoom: { folder: "/nix/store", freeMiB: 5119 } }),
    want: /^problem store's room: \/nix\/store has 5\.0 GiB free; the least for a frozen machine is 5\.0 GiB$/,
  },
  {
    title: "a store that cannot hold a full disk",
    given: judge({ storeRoom: { folder: "/nix/store", freeMiB: 5120 + 64 * 1024 - 1 } }),
    want: /^warning store's room: .*a disk that is written full take 69\.0 GiB$/,
  },
  {
    title: "a store that can hold both",
    given: judge({ storeRoom: { folder: "/nix/store", freeMiB: 5120 + 64 * 1024 } }),
    want: /^ok store's room/,
  },
  {
    title: "a small folder for builds",
    given: judge({ buildRoom: { folder: "/tmp", freeMiB: 1023 } }),
    want: /^warning builds' room: builds work in \/tmp, which has 1\.0 GiB free; what a command writes/,
  },
];
for (const { title, given, want } of rows) {
  test(`room: ${title}`, () =>
    assert.ok(
      given.some((line) => want.test(line)),
      given.join("\n"),
    ));
}

test("what is not known is not judged", () => {
  assert.deepEqual(judge({ memory: null, storeRoom: null, buildRoom: null }), []);
  const machineOnly = inWords(judgeRoom({ host, project: undefined }));
  assert.ok(machineOnly.every((line) => !line.includes("memory")));
});
