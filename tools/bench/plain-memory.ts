import type { Command } from "../../src/process/command.ts";

/**
 * A guest's command line with ordinary memory in the place of the file, for the ways of starting that casement is
 * compared with. The block keeps its name, so that a stream saved from the one loads into the other.
 */
export function withPlainMemory(command: Command, incoming?: string): Command {
  let found = 0;
  const args = command.args.map((word) => {
    const size = /^memory-backend-file,id=ram0,size=(\w+),/.exec(word)?.[1];
    if (size === undefined) return word;
    found += 1;
    return `memory-backend-ram,id=ram0,size=${size}`;
  });
  if (found !== 1) throw new Error(`the guest's command line has ${found} memory files, expected one`);
  return { ...command, args: incoming === undefined ? args : [...args, "-incoming", incoming] };
}
