import { exitCodes } from "../errors.ts";
import { reportUpToDateAtOnce } from "./report.ts";
import { findUnchanged, stampedProgram } from "./unchanged.ts";

const invocation = { argv: process.argv.slice(2), env: process.env, cwd: process.cwd() };

// The short way loads these three files and no more. Where its line cannot be written the long way says why.
const unchanged = findUnchanged(invocation);
if (unchanged !== undefined && reportUpToDateAtOnce(unchanged.outDir, unchanged.count)) process.exit();
// No await at the top: Node would complain about that, and not about the spec that never comes back.
void runCommand();

async function runCommand(): Promise<void> {
  const { specEnded } = await import("./spec-ended.ts");
  // A spec in TypeScript is a program: it can end the process, or wait for what never comes.
  const sayWhoEnded = (): void => {
    process.stderr.write(`casement: ${specEnded}\n`);
    process.exitCode = exitCodes.spec;
  };
  const end = (exitCode = process.exitCode): void => {
    process.off("exit", sayWhoEnded);
    process.exit(exitCode);
  };
  process.on("exit", sayWhoEnded);
  const program = stampedProgram(invocation);
  if (program !== undefined) {
    const { findUnchangedProgram } = await import("./unchanged-program.ts");
    const same = await findUnchangedProgram(invocation, program);
    if (same !== undefined && reportUpToDateAtOnce(same.outDir, same.count)) return end();
  }
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough (`casement schema | head`) is no fault.
    if (error.code === "EPIPE") return end();
    process.stderr.write(`casement: the output cannot be written: ${error.message}\n`);
    end(exitCodes.space);
  });
  const { main } = await import("./run.ts");
  process.exitCode = await main(invocation);
  // What a spec left running (a timer, a server) must not keep casement; only what is still to be written may.
  process.stdout.write("", (error) => {
    if (error === undefined || error === null) end();
  });
}
