import type { Command } from "commander";
import type { Invocation } from "../invocation.ts";

/** Declares `casement diff`. */
export function declareDiff(
  program: Command,
  invocation: Invocation,
  version: string,
  setExitCode: (exitCode: number) => void,
): void {
  program
    .command("diff")
    .description("show what generate would change, line by line; nothing is written")
    .argument("[spec]", "the spec (default: casement.yaml, .yml, .json or .ts in this folder)")
    .option("--out <dir>", "output folder (default: casement, beside the spec)")
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
