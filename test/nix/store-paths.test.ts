import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutHashesAndVersions } from "./store-paths.ts";

const hash = "0123456789abcdfghijklmnpqrsvwxyz";

for (const { title, given, want } of [
  {
    title: "hash and version go, the program stays",
    given: `ExecStart=/nix/store/${hash}-samba-4.23.8/bin/smbd --x`,
    want: "ExecStart=/nix/store/…-samba/bin/smbd --x",
  },
  {
    title: "a name with dashes stays whole",
    given: `/nix/store/${hash}-glibc-locales-2.42-67/lib:/nix/store/${hash}-unit-script-start/bin/x`,
    want: "/nix/store/…-glibc-locales/lib:/nix/store/…-unit-script-start/bin/x",
  },
  { title: "other text is left alone", given: "/nix/store and xz-5.8", want: "/nix/store and xz-5.8" },
]) {
  test(`of a store path, ${title}`, () => {
    assert.equal(withoutHashesAndVersions(given), want);
  });
}
