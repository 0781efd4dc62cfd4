import type { Command } from "commander";
import { type CommandCall, outHelp, specHelp } from "../command-call.ts";

/** What the command line of `casement explain` says. */
export interface ExplainFlags {
  readonly spec?: string;
  readonly out?: string;
  readonly json?: true;
}

/** Declares `casement explain`. */
export function declareExplain(program: Command, { invocation }: CommandCall): void {
  program
    .command("explain")
    .description("say which field of the spec, or which default, put a line into a generated file")
    .argument("<path>", "the file, with :LINE or :FROM-TO after it for a part of it")
    .option("--spec <file>", specHelp)
    .option("--out <dir>", outHelp)
    .option("--json", "as JSON, with everything that was tried")
    .addHelpText("after", examples)
    .action(async (path: string, flags: ExplainFlags) => {
      const { explain } = await import("./explain.ts");
      await explain(path, flags, invocation);
    });
}

const examples = `
Examples:
  $ casement explain casement/media/floppy/Autounattend.xml:42
  $ casement explain controller/smb.conf             the whole file, the deciding field before each line
  $ casement explain casement/machine.json:20-35 --json | jq .lines`;
