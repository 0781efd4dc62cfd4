import type { Command } from "commander";
import { type CommandCall, outHelp, specHelp } from "../command-call.ts";

/** Declares `casement diff`. */
export function declareDiff(program: Command, { invocation, version, setExitCode }: CommandCall): void {
  program
    .command("diff")
    .description("show what generate would change, line by line; nothing is written")
    .argument("[spec]", specHelp)
    .option("--out <dir>", outHelp)
    .addHelpText("after", examples)
    .action(async (spec: string | undefined, options: { readonly out?: string }) => {
      const { diff } = await import("./diff.ts");
      setExitCode(await diff({ spec, ...options }, invocation, version));
    });
}

const examples = `
Examples:
  $ casement diff
  $ casement diff spec.ts --out nix/windows | less
Exit code 1: generate would change something, or refuse to. Colours for terminals only, and not with NO_COLOR.`;
