// Writes nix/npm/tarballs.json anew after package-lock.json changed. usage: npm run update-npm-hash
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hashSelection, selectTarballs } from "../nix/npm/select-tarballs.mjs";

const root = join(import.meta.dirname, "..");
const lockFile = join(root, "package-lock.json");
const lock: unknown = JSON.parse(readFileSync(lockFile, "utf8"));
const scratch = mkdtempSync(join(tmpdir(), "casement-npm-hash-"));
try {
  const folder = join(scratch, "casement-npm-tarballs");
  execFileSync(process.execPath, [join(root, "nix/npm/fetch-tarballs.mjs"), lockFile, folder], { stdio: "inherit" });
  const hash = execFileSync("nix", ["hash", "path", "--type", "sha256", "--sri", folder], { encoding: "utf8" }).trim();
  const selection = hashSelection(selectTarballs(lock));
  writeFileSync(join(root, "nix/npm/tarballs.json"), `${JSON.stringify({ selection, hash }, null, 2)}\n`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
