import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { cygwinKeys } from "../../../src/cygwin/signature/cygwin-keys.ts";
import { parseKeys } from "../../../src/cygwin/signature/public-key.ts";
import { verifySignature } from "../../../src/cygwin/signature/verify.ts";
import { ToolError } from "../../../src/errors.ts";
import { signWith, skipWithoutGpg } from "../gpg.ts";

describe("Cygwin's keys", () => {
  test("have the fingerprints that Cygwin publishes", () => {
    assert.deepEqual(
      cygwinKeys().map(({ fingerprint, kind }) => [fingerprint, kind]),
      [
        ["56405CF6FCC81574682A5D561A698DE9E2E56300", "rsa"],
        ["1169DF9F22734F743AA59232A9A262FF676041BA", "dsa"],
      ],
    );
  });
});

describe("verifySignature", { skip: skipWithoutGpg }, () => {
  for (const [algorithm, digest] of [
    ["rsa2048", "SHA512"],
    ["rsa2048", "SHA256"],
    ["dsa1024", "SHA1"],
    ["dsa2048", "SHA256"],
  ] as const) {
    test(`takes what gpg signed with ${algorithm} and ${digest}, and nothing that was changed`, async () => {
      await using signed = await signWith(algorithm, digest, "setup.ini's text\n");
      const keys = parseKeys(signed.publicKey);
      const signature = readFileSync(signed.signature);
      const content = Buffer.from("setup.ini's text\n");
      assert.equal(verifySignature(content, signature, keys), signed.fingerprint);
      assert.equal(verifySignature(content, signature, parseKeys(signed.armouredKey)), signed.fingerprint);
      assert.throws(() => verifySignature(Buffer.from("another text\n"), signature, keys), {
        message: `the signature of key ${signed.fingerprint} is wrong: the content was changed`,
      });
      assert.throws(() => verifySignature(content, signature, cygwinKeys()), {
        message: `signed by a key that is not known here: ${signed.fingerprint.slice(-16)}`,
      });
      neverCrashes(content, signature, keys);
    });
  }

  test("says what is no signature", () => {
    for (const text of ["", "hello", "-----BEGIN PGP SIGNATURE-----\n"]) {
      assert.throws(() => verifySignature(Buffer.from("x"), Buffer.from(text), []), /not an OpenPGP/);
    }
  });
});

// A changed signature is wrong or unreadable; it is never right and never a fault of casement's own.
function neverCrashes(content: Buffer, signature: Buffer, keys: ReturnType<typeof parseKeys>): void {
  fc.assert(
    fc.property(fc.nat({ max: signature.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const changed = Buffer.from(signature);
      changed[at] = (changed[at] ?? 0) ^ change;
      for (const bytes of [changed, signature.subarray(0, at)]) {
        try {
          verifySignature(content, bytes, keys);
        } catch (error) {
          assert.ok(error instanceof ToolError, String(error));
        }
      }
    }),
    { numRuns: 100 },
  );
}
