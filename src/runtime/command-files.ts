import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { xchg } from "../contract/filenames.ts";
import type { RunCommand } from "../contract/stage-config.ts";

const fileNames = { bash: "script.sh", cmd: "script.cmd", powershell: "script.ps1" } as const;

/** Lays script, passAsFile and structured attributes of a command into the exchange folder; returns the script's file name in xchg/run. */
export async function writeCommandFiles(command: RunCommand, xchgFolder: string): Promise<string> {
  const attributes = join(xchgFolder, xchg.attributes);
  await mkdir(attributes, { recursive: true });
  for (const [name, content] of Object.entries(command.passAsFile)) {
    await writeFile(join(attributes, name), content);
  }
  if (command.attributes !== null) {
    await copyFile(command.attributes.json, join(attributes, ".attrs.json"));
    await copyFile(command.attributes.sh, join(attributes, ".attrs.sh"));
  }
  const name = fileNames[command.kind];
  const bytes = await readFile(command.script);
  const script = command.kind === "bash" ? bytes : withCrLf(bytes);
  await writeFile(join(xchgFolder, xchg.run, name), script, { mode: 0o755 });
  return name;
}

/** cmd.exe loses its way in a batch file with labels and bare LF. Lines that have CR LF already stay; bytes are not decoded. */
function withCrLf(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString("latin1");
  return Buffer.from(text.replaceAll(/\r?\n/g, "\r\n"), "latin1");
}
