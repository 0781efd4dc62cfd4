import { type Command, Option } from "commander";
import { type CommandCall, outHelp, specHelp } from "../command-call.ts";

interface GenerateFlags {
  readonly out?: string;
  readonly check?: true;
  readonly force?: true;
  readonly watch?: true;
}

/** Declares `casement generate`. */
export function declareGenerate(program: Command, { invocation, version, setExitCode }: CommandCall): void {
  program
    .command("generate")
    .description("write the folder that Nix builds from; only what changed is touched")
    .argument("[spec]", specHelp)
    .option("--out <dir>", outHelp)
    .option("--check", "write nothing; exit 1 and say what differs if the folder is not what the spec says")
    .option("--force", "overwrite generated files that were edited by hand")
    .addOption(
      new Option("--watch", "generate again whenever an input changes, until Ctrl-C").conflicts("check"),
    )
    .addHelpText("after", examples)
    .action(async (spec: string | undefined, { watch: isWatch, ...options }: GenerateFlags) => {
      if (isWatch === true) {
        const { watch } = await import("./watch.ts");
        return setExitCode(await watch({ spec, ...options }, invocation, version));
      }
      const { generate } = await import("./generate.ts");
      setExitCode(await generate({ spec, ...options }, invocation, version));
    });
}

const examples = `
Examples:
  $ casement generate
  $ casement generate spec.ts --out nix/windows
  $ casement generate --check
  $ casement generate --watch
--watch watches the spec, the files that it names (windows.files), what a spec in TypeScript imports by a path, and
cygwin.lock.json; not packages, not files that a spec reads as it runs, not the output folder. Ctrl-C ends it with 0.`;
