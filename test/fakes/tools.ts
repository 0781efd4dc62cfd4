import { chmod, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Scenario } from "./scenario.ts";

export interface FakeTools {
  readonly qemu: string;
  readonly qemuImg: string;
  readonly vdeSwitch: string;
  readonly xorriso: string;
}

/** Writes executables into a folder that behave as the scenario says; they note their pids in the folder's file `pids`. */
export async function writeFakeTools(folder: string, scenario: Scenario = {}): Promise<FakeTools> {
  const scenarioFile = join(folder, "scenario.json");
  await writeFile(scenarioFile, JSON.stringify(scenario));
  await writeFile(join(folder, "pids"), "");
  // Types are stripped once and not at every start: a fake starts in 20 ms in place of 50.
  const nodeScript = (file: string): string =>
    `NODE_COMPILE_CACHE='${join(tmpdir(), "node-compile-cache")}' exec '${process.execPath}' '${fileURLToPath(new URL(file, import.meta.url))}' '${scenarioFile}' "$@"`;
  return {
    qemu: await writeProgram(folder, "qemu-system-x86_64", nodeScript("qemu.ts")),
    vdeSwitch: await writeProgram(folder, "vde_switch", nodeScript("vde-switch.ts")),
    // Makes the qcow2 that it is told to, empty; what is to be converted keeps its bytes.
    qemuImg: await writeProgram(
      folder,
      "qemu-img",
      `if [ "$1" = convert ]; then
  for word; do from=$to to=$word; done
  exec cp "$from" "$to"
fi
for word; do case $word in *.qcow2) file=$word;; esac; done
: >"$file"`,
    ),
    // Called with the file to make after -outdev; its content does not matter.
    xorriso: await writeProgram(
      folder,
      "xorriso",
      'while [ $# -gt 0 ]; do [ "$1" = -outdev ] && : >"$2"; shift; done',
    ),
  };
}

async function writeProgram(folder: string, name: string, body: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, `#!/bin/sh\n${body}\n`);
  await chmod(file, 0o755);
  return file;
}
