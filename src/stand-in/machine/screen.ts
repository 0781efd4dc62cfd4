import { writeSync } from "node:fs";

/** One line for whoever looks at the machine's screen. */
export function say(line: string): void {
  writeSync(1, `${line}\n`);
}
