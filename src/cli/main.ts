import { exitCodes } from "../errors.ts";
import { main } from "./run.ts";
import { specEnded } from "./spec-ended.ts";

process.on("exit", sayWhoEnded);
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough (`casement schema | head`) is no fault.
  if (error.code === "EPIPE") return end();
  process.stderr.write(`casement: the output cannot be written: ${error.message}\n`);
  end(exitCodes.space);
});

// No await at the top: Node would complain about that, and not about the spec that never comes back.
void main({ argv: process.argv.slice(2), env: process.env, cwd: process.cwd() }).then((exitCode) => {
  process.exitCode = exitCode;
  // What a spec left running (a timer, a server) must not keep casement; only what is still to be written may.
  process.stdout.write("", (error) => {
    if (error === undefined || error === null) end();
  });
});

function end(exitCode = process.exitCode): void {
  process.off("exit", sayWhoEnded);
  process.exit(exitCode);
}

// A spec in TypeScript is a program: it can end the process, or wait for what never comes.
function sayWhoEnded(): void {
  process.stderr.write(`casement: ${specEnded}\n`);
  process.exitCode = exitCodes.spec;
}
