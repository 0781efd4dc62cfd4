// The builder of nix/openssh.nix: unpacks a zip, finds the programs in it or in a folder (at its top or one below, as the
// release's zip has them), and refuses what the guest's scripts could not use.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";

const needed = ["sshd.exe", "ssh.exe", "ssh-keygen.exe"];
const { given, out, sevenZip } = process.env;

let folder = given;
if (!statSync(given).isDirectory()) {
  folder = join(process.cwd(), "unpacked");
  try {
    execFileSync(sevenZip, ["x", "-y", `-o${folder}`, given], { stdio: ["ignore", "ignore", "pipe"] });
  } catch (error) {
    fail(`${given}: not a zip that 7-Zip can unpack (${error.message.trim()})`);
  }
}
const below = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const found = [folder, ...below.map(({ name }) => join(folder, name))].find((place) =>
  needed.every((name) => existsSync(join(place, name))),
);
if (found === undefined) {
  fail(
    `${given}: is no Win32-OpenSSH, because no folder of it has all of ${needed.join(", ")}\n  Give the release's zip (not the msi), or a folder with what is in it.`,
  );
}
mkdirSync(out);
for (const entry of readdirSync(found, { withFileTypes: true })) {
  if (!statSync(join(found, entry.name)).isDirectory()) copyFileSync(join(found, entry.name), join(out, entry.name));
}

function fail(reason) {
  writeSync(2, `casement: openssh: ${reason}\n`);
  process.exit(1);
}
