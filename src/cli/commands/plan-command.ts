import type { Command } from "commander";
import { type CommandCall, specHelp } from "../command-call.ts";

/** Declares `casement plan`. */
export function declarePlan(program: Command, { invocation }: CommandCall): void {
  program
    .command("plan")
    .description("print the spec with every default resolved, as JSON")
    .argument("[spec]", specHelp)
    .option(
      "--out <dir>",
      "output folder, for the password that it keeps (default: casement, beside the spec)",
    )
    .action(async (spec: string | undefined, options: { readonly out?: string }) => {
      const { printPlan } = await import("./plan.ts");
      await printPlan({ spec, ...options }, invocation);
    });
}
