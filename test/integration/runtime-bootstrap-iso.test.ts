import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { run } from "../../src/process/run.ts";
import { buildAddKeysCommand } from "../../src/runtime/bootstrap-iso.ts";
import { makeKeyPair, writeBootstrapKeys } from "../../src/runtime/keys.ts";
import { findProgram, skipWithout } from "../support/external-tools.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const skip = skipWithout(["xorriso"]);
const xorriso = findProgram("xorriso") ?? "xorriso";
const longName = `${"a-package-name-that-is-longer-than-sixty-four-characters".padEnd(70, "-x")}.tar.xz`;

test("the keys join the bootstrap ISO, with their names for Windows and for Linux, and nothing is lost", {
  skip,
}, async () => {
  await using temp = await makeTempFolder();
  const { path } = temp;
  await mkdir(join(path, "medium/casement"), { recursive: true });
  await mkdir(join(path, "medium/cygwin"));
  await writeFile(join(path, "medium/casement/marker.txt"), "CASEMENT");
  await writeFile(join(path, "medium/cygwin", longName), "package");
  const iso = join(path, "bootstrap.iso");
  const to = join(path, "with-keys.iso");
  // As nix/bootstrap-iso.nix calls it.
  // biome-ignore format: an option and its value stay on one line
  const make = ["-as", "mkisofs", "-quiet", "-volid", "CASEMENT", "-joliet", "-joliet-long", "-rational-rock", "-o", iso];
  await run({ file: xorriso, args: [...make, join(path, "medium")] });
  const keys = { host: await makeKeyPair("host"), user: await makeKeyPair("user") };
  await writeBootstrapKeys(join(path, "keys"), keys);
  await run(buildAddKeysCommand({ xorriso, iso, keys: join(path, "keys"), to }));

  const bytes = await readFile(to);
  for (const name of ["ssh_host_ed25519_key.pub", "authorized_keys", "marker.txt", longName]) {
    assert.ok(bytes.includes(Buffer.from(name, "utf16le").swap16()), `Joliet has no ${name}`);
  }
  // biome-ignore format: an option and its value stay on one line
  const extract = ["-osirrox", "on", "-indev", to, "-extract", "/", join(path, "read")];
  await run({ file: xorriso, args: extract });
  assert.equal(await readFile(join(path, "read/keys/authorized_keys"), "utf8"), `${keys.user.publicKey}\n`);
  assert.equal(await readFile(join(path, "read/cygwin", longName), "utf8"), "package");
  const { stderr } = await run({ file: xorriso, args: ["-indev", to, "-pvd_info"] });
  assert.match(stderr, /Volume id +: 'CASEMENT'/);
});
