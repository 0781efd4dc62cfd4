import assert from "node:assert/strict";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { skipWithout } from "../support/external-tools.ts";
import { type Answer, notRoot, password, type Samba, startSamba, user } from "./samba/server.ts";

describe("Samba with the controller's settings", {
  skip: skipWithout(["smbd", "smbclient"]) || notRoot(),
}, () => {
  let samba: Samba;
  before(async () => {
    samba = await startSamba("SMB3_00");
  });
  after(() => samba[Symbol.asyncDispose]());

  const client = (share: string, commands: string, options: readonly string[] = []): Promise<Answer> =>
    samba.client(share, commands, options);

  test("lets the user in", async () => {
    const { code, text } = await client("nixstore", "ls");
    assert.equal(code, 0, text);
    assert.match(text, /abc-hello/);
  });

  for (const [title, options, want] of [
    ["nobody without an account", ["-N", "-U", "%"], /NT_STATUS_ACCESS_DENIED/],
    ["a wrong password", ["-U", `${user}%wrong`], /NT_STATUS_LOGON_FAILURE/],
    ["an unknown user", ["-U", `other%${password}`], /NT_STATUS_LOGON_FAILURE/],
    ["SMB 1", ["--option=client min protocol=NT1", "-m", "NT1"], /protocol negotiation failed/],
    ["SMB 2.1", ["--option=client min protocol=SMB2_02", "-m", "SMB2_10"], /protocol negotiation failed/],
  ] as const) {
    test(`refuses ${title}`, async () => {
      const { code, text } = await client("xchg", "ls", options);
      assert.notEqual(code, 0);
      assert.match(text, want);
    });
  }

  test("takes signed sessions of SMB 3 at least", async () => {
    const { code, text } = await client("xchg", "ls", ["-m", "SMB3_00", "--client-protection=sign"]);
    assert.equal(code, 0, text);
  });

  test("keeps the SYSTEM attribute, by which Cygwin knows its symlinks", async () => {
    const { text } = await client("xchg", "put file link; setmode link +s; allinfo link");
    assert.match(text, /attributes: .*S/);
    const again = await client("xchg", "allinfo link; setmode link -s; allinfo link");
    assert.match(again.text, /attributes: [A-Z]*S[^]*attributes: (?![A-Z]*S)/);
  });

  test("gives a written file no x bit", async () => {
    const { code, text } = await client("xchg", "put file plain");
    assert.equal(code, 0, text);
    assert.equal((await stat(join(samba.folder, "xchg/plain"))).mode & 0o111, 0);
  });

  test("shows files behind absolute symlinks of the store", async () => {
    const { code, text } = await client("nixstore", `get abc-hello/absolute ${join(samba.folder, "got")}`);
    assert.equal(code, 0, text);
    assert.equal(await readFile(join(samba.folder, "got"), "utf8"), "hello from the store\n");
  });

  test("hides what a symlink names outside of the store", async () => {
    const { code, text } = await client(
      "nixstore",
      `get abc-hello/outside ${join(samba.folder, "got-outside")}`,
    );
    assert.notEqual(code, 0);
    assert.match(text, /NT_STATUS_(OBJECT_NAME_NOT_FOUND|ACCESS_DENIED|OBJECT_PATH_NOT_FOUND)/);
  });

  test("writes nothing to the store", async () => {
    const { code, text } = await client("nixstore", "put file new");
    assert.notEqual(code, 0);
    assert.match(text, /NT_STATUS_ACCESS_DENIED/);
  });
});
