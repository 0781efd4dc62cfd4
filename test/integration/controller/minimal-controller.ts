import { execFile } from "node:child_process";
import { mkdir, readlink, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { renderController } from "../../../src/artifacts/controller.ts";
import type { BootedController } from "../../../src/contract/stage-config.ts";
import { findProgram } from "../../support/external-tools.ts";

const root = resolve(import.meta.dirname, "../../..");
const hostTools = join(root, ".tools/host-tools");
const run = promisify(execFile);

/** Builds the minimal controller with the package set of this machine. */
export async function buildMinimalController(folder: string): Promise<BootedController> {
  const settings = {
    access: { user: "builder", password: "secret" },
    smbProtocol: "SMB3_00",
  } as const;
  for (const { path, content } of renderController(settings)) {
    await mkdir(dirname(join(folder, "generated", path)), { recursive: true });
    await writeFile(join(folder, "generated", path), content);
  }
  const file = join(folder, "controller.nix");
  await writeFile(
    file,
    `let
  toolPkgs = import ${hostTools} { };
  controller = import ${root}/nix/controller/minimal.nix {
    inherit toolPkgs;
    dir = ${folder}/generated;
  };
in
{ inherit controller; }
`,
  );
  const nix = findProgram("nix") ?? "nix";
  const options = ["--impure", "--offline", "--file", file];
  const link = join(folder, "built");
  await run(nix, ["build", ...options, "controller", "--out-link", link]);
  const { stdout: append } = await run(nix, ["eval", "--raw", ...options, "controller.append"]);
  const path = await readlink(link);
  return {
    mac: "52:54:00:12:34:02",
    memoryMiB: 512,
    machineType: "pc-i440fx-10.0",
    kernel: join(path, "vmlinux"),
    initrd: join(path, "initrd"),
    append,
    exports: [
      { tag: "store", path: "/nix/store" },
      { tag: "usr", path: "/usr" },
    ],
  };
}
