// The builder of nix/cygwin.nix: puts the locked files where Cygwin's setup looks for them, and compares each with the lock
// once more, because a folder that a user hands over is in no lock.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";

const { files, list, listPath, outputs } = JSON.parse(readFileSync(process.env.NIX_ATTRS_JSON_FILE, "utf8"));

const faults = [];
for (const { path, size, sha512, file } of files) {
  const content = readFileSync(file);
  const found = createHash("sha512").update(content).digest("hex");
  if (content.length === size && found === sha512) put(file, path);
  else faults.push(`${path}: ${content.length} bytes, sha512 ${found}\n  the lock has ${size} bytes, ${sha512}`);
}
put(list, listPath);
if (faults.length > 0) {
  const head = "casement: these files are not what cygwin.lock.json says; the folder is of another archive or damaged:";
  writeSync(2, `${head}\n${faults.join("\n")}\n`);
  process.exit(1);
}

function put(from, path) {
  const to = join(outputs.out, path);
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}
