// The builder of `proof`: one folder with what the stages left, less the disk and the memory, and the same as one file.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const { out, image, snapshot, inside, standIn, tar } = process.env;
const folder = join(out, "casement-proof");
const wanted = {
  image: [image, ["image.json", "log"]],
  snapshot: [snapshot, ["snapshot.json", "log"]],
  run: [inside, ["."]],
};
for (const [stage, [from, names]] of Object.entries(wanted)) {
  mkdirSync(join(folder, stage), { recursive: true });
  for (const name of names) {
    if (!existsSync(join(from, name))) throw new Error(`proof: ${join(from, name)} is not there`);
    cpSync(join(from, name), join(folder, stage, name), { recursive: true, verbatimSymlinks: true });
  }
}
writeFileSync(
  join(folder, "README.txt"),
  standIn === "1"
    ? "This ran on casement's stand-in, not on Windows.\n"
    : "This ran on the medium that the spec names. docs/first-real-windows.md says what each file proves.\n",
);
execFileSync(tar, ["--create", "--auto-compress", "--sort=name", "--owner=0", "--group=0", "--numeric-owner", `--file=${join(out, "casement-proof.tar")}`, "-C", out, "casement-proof"]);
