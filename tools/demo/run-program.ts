import type { Command } from "../../src/process/command.ts";
import { spawn } from "../../src/process/spawn.ts";

/** Runs a program whose output goes line by line to the screen, set off from the demo's own words; returns its exit code and what it wrote. */
export async function runProgram(
  command: Command,
  options: { mayFail?: boolean; hide?: (line: string) => boolean } = {},
): Promise<{ exitCode: number; stdout: string; log: string }> {
  await using program = await spawn(command);
  let stdout = "";
  let log = "";
  program.stdin.end();
  program.stdout.setEncoding("utf8");
  program.stdout.on("data", (chunk: string) => {
    stdout += chunk;
  });
  const show = printLines(options.hide ?? (() => false));
  program.stderr.on("data", (chunk: string) => {
    log += chunk;
    show(chunk);
  });
  const { exitCode, how } = await program.exited;
  show("\n");
  if (exitCode !== 0 && options.mayFail !== true)
    throw new Error(`${command.file} ${command.args.join(" ")} ${how}`);
  return { exitCode: exitCode ?? 1, stdout, log };
}

function printLines(hide: (line: string) => boolean): (chunk: string) => void {
  let rest = "";
  return (chunk) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines)
      if (line.trim() !== "" && !hide(line)) process.stdout.write(`      | ${line}\n`);
  };
}
