// Writes nix/npm/tarballs.json anew after package-lock.json changed. usage: npm run update-npm-hash
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { selectTarballs } from "../nix/npm/select-tarballs.mjs";

const root = join(import.meta.dirname, "..");
const lock: unknown = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
const packages = selectTarballs(lock);
const scratch = mkdtempSync(join(tmpdir(), "casement-npm-hash-"));
try {
  const list = join(scratch, "tarballs.json");
  const folder = join(scratch, "casement-npm-tarballs");
  writeFileSync(list, JSON.stringify({ packages }));
  execFileSync(process.execPath, [join(root, "nix/npm/fetch-tarballs.mjs"), list, folder], {
    stdio: "inherit",
  });
  const hash = execFileSync("nix", ["hash", "path", "--type", "sha256", "--sri", folder], {
    encoding: "utf8",
  }).trim();
  writeFileSync(join(root, "nix/npm/tarballs.json"), `${JSON.stringify({ hash, packages }, null, 2)}\n`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
