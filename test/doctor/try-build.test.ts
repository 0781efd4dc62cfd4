import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { tryBuild } from "../../src/doctor/try-build.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { inWords } from "./sample-facts.ts";

const rows: readonly { title: string; withKvm: boolean; script: string; want: RegExp }[] = [
  { title: "one that works", withKvm: false, script: "exit 0", want: /^ok build: a sandboxed build works$/ },
  {
    title: "one with KVM",
    withKvm: true,
    script: "exit 0",
    want: /^ok build: a sandboxed build opened \/dev\/kvm$/,
  },
  {
    title: "one without KVM",
    withKvm: true,
    script: 'echo "sh: can\'t open /dev/kvm: Permission denied" >&2; exit 1',
    want: /^problem build: a sandboxed build could not open \/dev\/kvm$/,
  },
  {
    title: "one in a sandbox without a shell",
    withKvm: true,
    script: "echo \"error: executing '/bin/sh': No such file or directory\" >&2; exit 1",
    want: /^warning build: could not be tried: the sandbox has no \/bin\/sh$/,
  },
];
for (const { title, withKvm, script, want } of rows) {
  test(`a build is tried: ${title}`, async () => {
    await using folder = await makeTempFolder();
    const nix = join(folder.path, "nix");
    await writeFile(nix, `#!/bin/sh\nprintf '%s\\n' "$@" >'${folder.path}/args'\n${script}\n`, {
      mode: 0o755,
    });
    const finding = await tryBuild(nix, { withKvm, nonce: "7" });
    assert.match(inWords([finding])[0] ?? "", want);
    const args = await readFile(join(folder.path, "args"), "utf8");
    assert.match(args, /nonce = "7";/);
    assert.equal(args.includes('requiredSystemFeatures = [ "kvm" ];'), withKvm);
    if (finding.state === "problem") assert.match(finding.todo?.join("\n") ?? "", /Permission denied/);
  });
}
