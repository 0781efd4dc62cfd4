// Fetches the npm packages that tarballs.json names into a new folder and checks each against its integrity hash.
// usage: fetch-tarballs.mjs <tarballs.json> <folder to make>
// npm knows its registry itself, so no address is needed here. The folder's bytes depend on the names and hashes only.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const [listFile, out] = process.argv.slice(2);
const { packages } = JSON.parse(readFileSync(listFile, "utf8"));
const scratch = mkdtempSync(join(tmpdir(), "casement-npm-"));
mkdirSync(out);
try {
  const specs = packages.map(({ name, version }) => `${name}@${version}`);
  await promisify(execFile)("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", scratch, ...specs], {
    cwd: scratch,
    maxBuffer: 1 << 28,
  });
  for (const { name, version, integrity, file } of packages) {
    const got = `sha512-${createHash("sha512").update(readFileSync(join(scratch, file))).digest("base64")}`;
    if (got !== integrity) {
      throw new Error(`${name}@${version}: tarball does not fit package-lock.json, got ${got}, the lock says ${integrity}`);
    }
    copyFileSync(join(scratch, file), join(out, file));
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
