import type { Command } from "commander";
import { type CommandCall, outHelp } from "../command-call.ts";

/** What the command line of `casement doctor` says. */
export interface DoctorFlags {
  readonly out?: string;
  readonly build?: true;
  readonly json?: true;
}

/** Declares `casement doctor`. */
export function declareDoctor(program: Command, { invocation, version, setExitCode }: CommandCall): void {
  program
    .command("doctor")
    .description("say whether this machine can build in Windows, and what to do where it cannot")
    .argument(
      "[spec]",
      "the spec to look at, too (default: casement.yaml, .yml, .json or .ts, if there is one)",
    )
    .option("--out <dir>", outHelp)
    .option("--build", "also build a few bytes in the sandbox, which open /dev/kvm where the spec wants it")
    .option("--json", "print the findings as JSON")
    .addHelpText("after", examples)
    .action(async (spec: string | undefined, flags: DoctorFlags) => {
      const { doctor } = await import("./doctor.ts");
      setExitCode(await doctor(spec, flags, invocation, version));
    });
}

const examples = `
Examples:
  $ casement doctor
  $ casement doctor windows/build.yaml --build
  $ casement doctor --json | jq '.findings[] | select(.state == "problem")'
It needs no root and changes nothing (--build leaves a few bytes in the store). Exit code 1: there is a problem.`;
