import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { lstat, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { skipWithout } from "../support/external-tools.ts";
import { notRoot, type Samba, startSamba } from "./samba/server.ts";

// smbclient as the guest: it offers one dialect, and those below it are refused.
const speak = (dialect: string): string[] => [
  "-m",
  dialect,
  "--option=client min protocol=NT1",
  "--option=client lanman auth=no",
];
const ntlm1 = ["--option=client ntlmv2 auth=no", "--option=client use spnego=no"];
const unsigned = ["--client-protection=off"];

const rows = [
  {
    protocol: "NT1",
    guest: "XP and Server 2003",
    taken: { NT1: speak("NT1"), "NT1 with NTLMv1": [...speak("NT1"), ...ntlm1], "SMB 3": speak("SMB3_11") },
    refused: {},
  },
  {
    protocol: "SMB2_10",
    guest: "7 and Server 2008 R2",
    taken: { "SMB 2.1": speak("SMB2_10"), "SMB 3": speak("SMB3_11") },
    refused: { NT1: speak("NT1"), "SMB 2.0": speak("SMB2_02") },
  },
  {
    protocol: "SMB3_00",
    guest: "8 and later",
    taken: { "SMB 3.0": speak("SMB3_00"), "SMB 3.1.1": speak("SMB3_11") },
    refused: { NT1: speak("NT1"), "SMB 2.1": speak("SMB2_10") },
  },
] as const;

for (const { protocol, guest, taken, refused } of rows) {
  describe(`Samba for ${guest}`, {
    skip: skipWithout(["smbd", "smbclient", "testparm"]) || notRoot(),
  }, () => {
    let samba: Samba;
    before(async () => {
      samba = await startSamba(protocol);
    });
    after(() => samba[Symbol.asyncDispose]());

    test("has settings that testparm knows, every one", () => {
      const file = join(samba.folder, "smb.conf");
      const report = execFileSync("testparm", ["--suppress-prompt", file], {
        encoding: "utf8",
        stdio: "pipe",
      });
      // It writes SMB2 for 2.1.
      const [written = ""] = protocol.split("_1");
      assert.match(report, new RegExp(`server min protocol = ${written}(_10)?\\n`));
      assert.doesNotMatch(report, /Unknown parameter|Ignoring|ERROR/i);
    });

    for (const [title, options] of Object.entries(taken)) {
      test(`takes ${title}, both ways`, async () => {
        const { code, text } = await samba.client("xchg", "put file here; get here back; ls", options);
        assert.equal(code, 0, text);
        assert.equal(await readFile(join(samba.folder, "back"), "utf8"), "content\n");
        assert.equal((await samba.client("nixstore", "ls", options)).code, 0);
      });
    }

    for (const [title, options] of Object.entries(refused)) {
      test(`refuses ${title}`, async () => {
        const { code, text } = await samba.client("xchg", "ls", options);
        assert.notEqual(code, 0);
        assert.match(text, /protocol negotiation failed/);
      });
    }

    test(`keeps the SYSTEM attribute in its lowest dialect, by which Cygwin knows its symlinks`, async () => {
      const { text } = await samba.client(
        "xchg",
        "put file link; setmode link +s; allinfo link",
        speak(protocol),
      );
      assert.match(text, /attributes: .*S/);
    });

    test("lets nobody in with another password", async () => {
      const { code, text } = await samba.client("xchg", "ls", [...speak(protocol), "-U", "nobody%wrong"]);
      assert.notEqual(code, 0);
      assert.match(text, /NT_STATUS_LOGON_FAILURE/);
    });
  });
}

describe("SMB 1", { skip: skipWithout(["smbd", "smbclient"]) || notRoot() }, () => {
  test("makes no symlink in xchg", async () => {
    await using samba = await startSamba("NT1");
    const { text } = await samba.client("xchg", "posix; symlink /etc/passwd link", speak("NT1"));
    assert.match(text, /doesn't support UNIX CIFS/);
    await assert.rejects(lstat(join(samba.folder, "xchg/link")), { code: "ENOENT" });
  });
});

describe("signing", { skip: skipWithout(["smbd", "smbclient"]) || notRoot() }, () => {
  test("is offered to XP, and not insisted on", async () => {
    await using samba = await startSamba("NT1");
    const { code, text } = await samba.client("xchg", "ls", [...speak("NT1"), ...unsigned]);
    assert.equal(code, 0, text);
    const signed = await samba.client("xchg", "ls", [...speak("NT1"), "--client-protection=sign"]);
    assert.equal(signed.code, 0, signed.text);
  });
});
