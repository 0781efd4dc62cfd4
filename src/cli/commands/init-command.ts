import type { Command } from "commander";
import type { CommandCall } from "../command-call.ts";

/** What the command line of `casement init` says. */
export interface InitFlags {
  readonly name?: string;
  readonly release?: string;
  readonly standIn?: true;
}

/** Declares `casement init`. */
export function declareInit(program: Command, { invocation }: CommandCall): void {
  program
    .command("init")
    .description("start a project: casement.yaml, a flake, and what git should know; overwrites nothing")
    .argument("[dir]", "the project's folder, made where it is missing (default: this one)")
    .option("--name <name>", "name of the machine")
    .option("--release <id>", "the Windows to install, such as windows-server-2022 (docs/releases.md)")
    .option(
      "--stand-in",
      "a trial without a Windows ISO, on a small Linux that plays Windows and is not Windows",
    )
    .addHelpText("after", examples)
    .action(async (dir: string | undefined, flags: InitFlags) => {
      const { init } = await import("./init.ts");
      await init(dir, flags, invocation);
    });
}

const examples = `
Examples:
  $ casement init
  $ casement init server --name build-server --release windows-server-2022
  $ casement init trial --stand-in
\`nix flake init -t\` on casement's repository gives the same files as they are (#stand-in for the trial).`;
