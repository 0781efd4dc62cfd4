// npm run demo: one spec in, results collected out of a revived VM, on the stand-in.
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chooseAccelerator, loadMachineFacts } from "./detect-accelerator.ts";
import { openReport } from "./demo/report.ts";
import { nixBuild } from "./demo/nix-build.ts";
import { runProgram } from "./demo/run-program.ts";
import { packageSetArguments } from "./flake-arguments.ts";

const repository = join(import.meta.dirname, "..");
const folder = join(repository, ".demo", "hello");
const { accelerator, reason } = chooseAccelerator(loadMachineFacts());

const report = openReport();
report.say(
  "casement demo: one spec in, a result collected out of a revived virtual machine.",
  "The guest is the stand-in, a small Linux that plays Windows Setup and then Windows; it is not Windows.",
  accelerator === "tcg"
    ? `It runs under TCG, QEMU's emulation, many times slower than with KVM (${reason}).`
    : `It runs under KVM (${reason}).`,
);

await report.step("Spec and project: examples/hello is copied to .demo/hello", async () => {
  await mkdir(folder, { recursive: true });
  for (const name of ["casement.yaml", "flake.nix", "greeting"]) {
    await rm(join(folder, name), { recursive: true, force: true });
    await cp(join(repository, "examples/hello", name), join(folder, name), { recursive: true });
  }
  const spec = join(folder, "casement.yaml");
  const text = await readFile(spec, "utf8");
  await writeFile(spec, text.replace(/^( *accelerator:) tcg$/m, `$1 ${accelerator}`));
});

const build = (attribute: string, link: string): ReturnType<typeof nixBuild> =>
  nixBuild({
    flake: `path:${folder}#${attribute}`,
    link: join(folder, link),
    options: packageSetArguments(repository),
  });
const casement = (...args: readonly string[]): ReturnType<typeof runProgram> =>
  runProgram({
    file: process.execPath,
    args: [join(repository, "src/cli/start.mjs"), ...args],
    cwd: folder,
  });

const cygwin = await report.step("nix build: the packages that the stand-in takes for Cygwin", () =>
  build("cygwin-packages", "result-cygwin"),
);
const locked = await report.step("casement lock: which of them the guest gets, to the byte", async () => {
  await rm(join(folder, "cygwin.lock.json"), { force: true });
  const list = join(cygwin.path, "x86_64/setup.ini");
  const program = join(cygwin.path, "setup-x86_64.exe");
  return casement("lock", "--setup-ini", list, "--setup-program", program, "--unsigned");
});
report.quote(locked.stdout);

const generated = await report.step(
  "casement generate: answer file, floppy, bootstrap scripts, controller, lock, machine.json",
  () => casement("generate"),
);
report.quote(generated.stdout);

const image = await report.step("nix build: the stand-in installs itself unattended (derivation image)", () =>
  build("windows.image", "result-image"),
);
report.where("image", image.path);
const snapshot = await report.step(
  "nix build: it is booted once and its memory is frozen (derivation snapshot)",
  () => build("windows", "result-windows"),
);
report.where("snapshot", snapshot.path);

const name = await report.step("nix build: revive it and print the guest's name", () =>
  build("guest-name", "result-guest-name"),
);
report.where("result", name.path);
report.quote(await readFile(join(name.path, "uname.txt"), "utf8"));

const greeting = await report.step("nix build: a build with sources through S: and a result through X:", () =>
  build("greeting", "result-greeting"),
);
report.where("result", greeting.path);
report.quote(await readFile(join(greeting.path, "share/greeting.txt"), "utf8"));

await report.step("nix build: a command that fails with exit code 42", async () => {
  const { exitCode, log } = await nixBuild({
    flake: `path:${folder}#fails`,
    link: join(folder, "result-fails"),
    options: packageSetArguments(repository),
    mayFail: true,
  });
  if (exitCode === 0) throw new Error("the build of a command that exits with 42 succeeded");
  if (!/exit code 42\b/.test(log)) throw new Error("the failing build does not show exit code 42");
});
report.say("It failed as it should: the command's exit code 42 is the build's.");

report.end();
