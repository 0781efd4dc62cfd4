import assert from "node:assert/strict";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { splitArguments } from "../../../src/stand-in/cmd/command-line.ts";
import { createPrograms, filePrograms } from "../../../src/stand-in/programs/table.ts";

/** Runs a program that the bundle plays, with the machine's state below `root`; both streams in one text. */
export function runIn(root: string, line: string): { code: number; output: string } {
  const [name = "", ...rest] = line.split(" ");
  const tail = line.slice(name.length);
  const file = join(root, "output");
  const out = openSync(file, "w");
  const program = createPrograms(root).get(name) ?? filePrograms.get(name);
  assert.ok(program !== undefined && rest.length >= 0);
  try {
    const code = program({
      name,
      args: splitArguments(tail),
      tail,
      handles: { stdin: 0, stdout: out, stderr: out },
      cwd: "C:\\",
      environment: new Map([["PATH", "C:\\Windows\\System32"]]),
    });
    return { code, output: readFileSync(file, "utf8") };
  } finally {
    closeSync(out);
  }
}
