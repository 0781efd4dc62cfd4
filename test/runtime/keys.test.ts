import assert from "node:assert/strict";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import ssh2 from "ssh2";
import { makeKeyPair, writeBootstrapKeys } from "../../src/runtime/keys.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

test("never hands out a pair whose public key lost its leading zero bytes", async () => {
  const whole = ssh2.utils.generateKeyPairSync("ed25519", { comment: "guest" });
  const blob = Buffer.from(whole.public.split(" ")[1] ?? "", "base64");
  const short = { ...whole, public: `ssh-ed25519 ${blob.subarray(0, 50).toString("base64")} guest` };
  const full = { ...whole, public: `ssh-ed25519 ${Buffer.alloc(51, blob).toString("base64")} guest` };
  const made = [short, short, full];
  assert.equal((await makeKeyPair("guest", () => made.shift() ?? assert.fail())).publicKey, full.public);
});

test("writes the guest's host key pair and who may log in, as sshd reads them", async () => {
  await using temp = await makeTempFolder();
  const keys = { host: await makeKeyPair("host"), user: await makeKeyPair("user") };
  await writeBootstrapKeys(join(temp.path, "keys"), keys);
  const read = (name: string) => readFile(join(temp.path, "keys", name), "utf8");
  assert.deepEqual((await readdir(join(temp.path, "keys"))).toSorted(), [
    "authorized_keys",
    "ssh_host_ed25519_key",
    "ssh_host_ed25519_key.pub",
  ]);
  const parsed = ssh2.utils.parseKey(await read("ssh_host_ed25519_key"));
  assert.ok(!(parsed instanceof Error) && !Array.isArray(parsed));
  assert.equal(
    `ssh-ed25519 ${parsed.getPublicSSH().toString("base64")} host\n`,
    await read("ssh_host_ed25519_key.pub"),
  );
  assert.equal(await read("authorized_keys"), `${keys.user.publicKey}\n`);
  assert.equal((await stat(join(temp.path, "keys/ssh_host_ed25519_key"))).mode & 0o777, 0o600);
});
