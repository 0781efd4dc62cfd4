import type { Command } from "commander";
import type { CommandCall } from "../command-call.ts";

/** Declares `casement media`. */
export function declareMedia(program: Command, { invocation }: CommandCall): void {
  const media = program.command("media").description("look at install ISOs, and add them to the Nix store");
  media
    .command("inspect")
    .description("print the images, editions, languages and architecture of an ISO; nothing is unpacked")
    .argument("<iso>", "the install ISO")
    .option("--spec <file>", "exit 64 and say what differs if the ISO is not what this spec expects")
    .option("--json", "as JSON")
    .addHelpText("after", inspectExamples)
    .action(async (iso: string, options: { readonly spec?: string; readonly json?: true }) => {
      const { inspectIso } = await import("./media-inspect.ts");
      await inspectIso({ iso, ...options }, invocation);
    });
  media
    .command("add")
    .description("add an ISO to the Nix store, keep it there, and print the spec's lines for it")
    .argument("<iso>", "the install ISO")
    .option(
      "--name <name>",
      "its name in the store (default: the file's, with dashes for what a store name cannot have)",
    )
    .option("--gc-root <dir>", "folder for the link that keeps it in the store (default: .casement)")
    .addHelpText("after", addExamples)
    .action(async (iso: string, options: { readonly name?: string; readonly gcRoot?: string }) => {
      const { addIso } = await import("./media-add.ts");
      await addIso({ iso, ...options }, invocation);
    });
}

const inspectExamples = `
Examples:
  $ casement media inspect Win11.iso
  $ casement media inspect Win11.iso --spec casement.yaml
  $ casement media inspect Win11.iso --json | jq .images`;

const addExamples = `
Examples:
  $ casement media add Win11.iso
  $ casement media add download.iso --name win11-24h2.iso`;
