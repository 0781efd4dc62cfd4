import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { xchg } from "../contract/filenames.ts";
import type { RunCommand } from "../contract/stage-config.ts";

const fileNames = { bash: "script.sh", cmd: "script.cmd", powershell: "script.ps1" } as const;

/** Copies the command's script into the exchange folder; returns its file name in xchg/run. */
export async function writeScript(command: RunCommand, xchgFolder: string): Promise<string> {
  const name = fileNames[command.kind];
  const bytes = await readFile(command.script);
  await writeFile(join(xchgFolder, xchg.run, name), command.kind === "bash" ? bytes : withCrLf(bytes), {
    mode: 0o755,
  });
  return name;
}

/** cmd.exe loses its way in a batch file with labels and bare LF. Lines that have CR LF already stay; bytes are not decoded. */
function withCrLf(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString("latin1");
  return Buffer.from(text.replaceAll(/\r?\n/g, "\r\n"), "latin1");
}
