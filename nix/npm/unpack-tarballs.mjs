// Lays out node_modules from tarballs, as npm would, without running npm or any script of a package.
// usage: unpack-tarballs.mjs <tarballs.json> <folder of tarballs> <folder to make>
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const [listFile, tarballs, out] = process.argv.slice(2);
const { packages } = JSON.parse(readFileSync(listFile, "utf8"));
const bins = join(out, "node_modules/.bin");
mkdirSync(bins, { recursive: true });

for (const { file, paths, bin } of packages) {
  for (const path of paths) {
    const target = join(out, path);
    mkdirSync(target, { recursive: true });
    // A tarball names its one top folder as it likes, and old ones carry folders without the search bit.
    execFileSync("tar", ["-xzf", join(tarballs, file), "-C", target, "--strip-components=1", "--no-same-owner"]);
    execFileSync("chmod", ["-R", "u+rwX,go+rX,go-w", target]);
    const isTopLevel = path.lastIndexOf("node_modules/") === 0;
    for (const [name, program] of Object.entries(isTopLevel ? bin : {})) {
      chmodSync(join(target, program), 0o755);
      mkdirSync(dirname(join(bins, name)), { recursive: true });
      symlinkSync(relative(bins, join(target, program)), join(bins, name));
    }
  }
}
