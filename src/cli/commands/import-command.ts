import type { Command } from "commander";
import type { CommandCall } from "../command-call.ts";
import type { ImportFlags } from "./import.ts";

/** Declares `casement import`. */
export function declareImport(program: Command, { invocation }: CommandCall): void {
  program
    .command("import")
    .description("print the spec that does what an existing Autounattend.xml does")
    .argument("<file>", "the answer file")
    .option("--release <id>", "the Windows that it installs, where the file does not tell")
    .option("--architecture <name>", "x86, amd64 or arm64, where the file holds several (default: its first)")
    .option("--name <name>", "name of the spec (default: imported)")
    .option("--json", "print spec and leftovers as JSON")
    .addHelpText("after", examples)
    .action(async (file: string, options: ImportFlags) => {
      const { importFile } = await import("./import.ts");
      await importFile(file, options, invocation);
    });
}

const examples = `
Examples:
  $ casement import Autounattend.xml > casement.yaml
  $ casement import answer_files/2022/Autounattend.xml --release windows-server-2022
  $ casement import Autounattend.xml --json | jq .leftovers`;
