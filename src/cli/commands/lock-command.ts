import type { Command } from "commander";
import { type CommandCall, specHelp } from "../command-call.ts";

/** What the command line of `casement lock` says. */
export interface LockFlags {
  readonly setupIni?: string;
  readonly setupProgram?: string;
  readonly archive?: readonly string[];
  readonly keyring?: string;
  readonly unsigned?: true;
  readonly update?: true;
  readonly out?: string;
}

/** Declares `casement lock`. */
export function declareLock(program: Command, { invocation, setExitCode }: CommandCall): void {
  program
    .command("lock")
    .description("write cygwin.lock.json: which packages of Cygwin the machine gets, to the byte")
    .argument("[spec]", specHelp)
    .option("--archive <url>", "a dated archive of Cygwin; again for further addresses of the same", collect)
    .option("--setup-ini <file|url>", "the list of packages (default: the archive's)")
    .option("--setup-program <file|url>", "Cygwin's setup program, such as setup-x86_64.exe")
    .option("--keyring <file>", "public keys of whoever signed the list, beside Cygwin's own")
    .option("--unsigned", "do not check signatures")
    .option("--update", "replace a lock that is there, and print what changed")
    .option("--out <file>", "the lock (default: cygwin.lock.json, beside the spec)")
    .addHelpText("after", examples)
    .action(async (spec: string | undefined, flags: LockFlags) => {
      const { lock } = await import("./lock.ts");
      setExitCode(await lock(spec, flags, invocation));
    });
}

function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

const examples = `
Examples:
  $ casement lock --archive URL --setup-program URL       from a dated archive
  $ casement lock --setup-ini x86_64/setup.ini --setup-program setup-x86_64.exe    without a network
  $ casement lock --update                                from the same archive again, such as with another package
Exit code 1: the lock that is there is another one; --update replaces it.`;
