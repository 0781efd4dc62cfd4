// Fetches the selected npm packages as tarballs into a new folder and checks each against the lock's integrity.
// usage: fetch-tarballs.mjs <package-lock.json> <folder to make>
// npm knows its registry itself, so no address is needed here. The folder depends on the lock only.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { selectTarballs } from "./select-tarballs.mjs";

const [lockFile, out] = process.argv.slice(2);
const packages = selectTarballs(JSON.parse(readFileSync(lockFile, "utf8")));
const scratch = mkdtempSync(join(tmpdir(), "casement-npm-"));
mkdirSync(out);
try {
  const specs = packages.map(({ name, version }) => `${name}@${version}`);
  const { stdout } = await promisify(execFile)(
    "npm",
    ["pack", "--json", "--silent", "--ignore-scripts", "--pack-destination", scratch, ...specs],
    { cwd: scratch, maxBuffer: 1 << 28 },
  );
  // npm's own file names differ between its versions for scoped packages: what it says is matched, not guessed.
  const packed = new Map(Object.values(JSON.parse(stdout)).map((entry) => [`${entry.name}@${entry.version}`, entry.filename]));
  for (const { name, version, integrity, file } of packages) {
    const from = packed.get(`${name}@${version}`)?.replace("@", "").replace("/", "-");
    if (from === undefined) throw new Error(`npm pack: ${name}@${version} is missing from its answer`);
    const got = `sha512-${createHash("sha512").update(readFileSync(join(scratch, from))).digest("base64")}`;
    if (got !== integrity) throw new Error(`${name}@${version}: tarball does not fit the lock, got ${got}, the lock says ${integrity}`);
    copyFileSync(join(scratch, from), join(out, file));
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
