import { Command, CommanderError, Option } from "commander";
import about from "../../package.json" with { type: "json" };
import { exitCodes } from "../errors.ts";
import { declareDiff } from "./commands/diff-command.ts";
import { declareDoctor } from "./commands/doctor-command.ts";
import { declareInit } from "./commands/init-command.ts";
import { declareLock } from "./commands/lock-command.ts";
import { declareMedia } from "./commands/media.ts";
import type { ImportFlags } from "./commands/import.ts";
import type { Invocation } from "./invocation.ts";

/** Declares the commands, runs the one that was asked for and returns its exit code. What a command does is imported when it is called. */
export async function runProgram(invocation: Invocation): Promise<number> {
  let exitCode = 0;
  const setExitCode = (code: number): void => {
    exitCode = code;
  };
  const program = new Command("casement")
    .description("Turns one typed spec into everything that Nix needs to build in Windows.")
    .version(about.version)
    .exitOverride()
    .showHelpAfterError("(casement --help shows how)")
    .addHelpText("after", examples);

  declareInit(program, invocation);

  program
    .command("generate")
    .description("write the folder that Nix builds from; only what changed is touched")
    .argument("[spec]", specHelp)
    .option("--out <dir>", "output folder (default: casement, beside the spec)")
    .option("--check", "write nothing; exit 1 and say what differs if the folder is not what the spec says")
    .option("--force", "overwrite generated files that were edited by hand")
    .addOption(
      new Option("--watch", "generate again whenever an input changes, until Ctrl-C").conflicts("check"),
    )
    .addHelpText("after", generateExamples)
    .action(async (spec: string | undefined, { watch: isWatch, ...options }: GenerateFlags) => {
      if (isWatch === true) {
        const { watch } = await import("./commands/watch.ts");
        return setExitCode(await watch({ spec, ...options }, invocation, about.version));
      }
      const { generate } = await import("./commands/generate.ts");
      setExitCode(await generate({ spec, ...options }, invocation, about.version));
    });

  declareDiff(program, invocation, about.version, setExitCode);

  program
    .command("plan")
    .description("print the spec with every default resolved, as JSON")
    .argument("[spec]", specHelp)
    .option(
      "--out <dir>",
      "output folder, for the password that it keeps (default: casement, beside the spec)",
    )
    .action(async (spec: string | undefined, options: { readonly out?: string }) => {
      const { printPlan } = await import("./commands/plan.ts");
      await printPlan({ spec, ...options }, invocation);
    });

  program
    .command("import")
    .description("print the spec that does what an existing Autounattend.xml does")
    .argument("<file>", "the answer file")
    .option("--release <id>", "the Windows that it installs, where the file does not tell")
    .option("--architecture <name>", "x86, amd64 or arm64, where the file holds several (default: its first)")
    .option("--name <name>", "name of the spec (default: imported)")
    .option("--json", "print spec and leftovers as JSON")
    .addHelpText("after", importExamples)
    .action(async (file: string, options: ImportFlags) => {
      const { importFile } = await import("./commands/import.ts");
      await importFile(file, options, invocation);
    });

  program
    .command("schema")
    .description("print the JSON Schema of specs, for editors")
    .option("--markdown", "as a page for people (docs/spec.md)")
    .action(async (options: { readonly markdown?: true }) => {
      const { printSchema } = await import("./commands/schema.ts");
      printSchema(options.markdown === true ? "markdown" : "json");
    });

  declareDoctor(program, invocation, about.version, setExitCode);
  declareMedia(program, invocation);
  declareLock(program, invocation, setExitCode);

  try {
    await program.parseAsync(invocation.argv, { from: "user" });
  } catch (error) {
    // commander has said what is wrong; --help and --version end this way too.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.spec;
    throw error;
  }
  return exitCode;
}

interface GenerateFlags {
  readonly out?: string;
  readonly check?: true;
  readonly force?: true;
  readonly watch?: true;
}

const specHelp =
  "the spec: .yaml, .yml, .json or .ts (default: casement.yaml, .yml, .json or .ts in this folder)";

const examples = `
Examples:
  $ casement init                            a project to start from
  $ casement generate                        casement.yaml -> ./casement/
  $ casement generate windows/build.yaml     another spec; writes windows/casement/
  $ casement generate --check                in CI: is ./casement/ what the spec says?
  $ casement diff                            what generate would change, line by line
  $ casement plan | jq .hardware             what was decided
  $ casement lock --update                   Cygwin's packages, pinned; says what changed
  $ casement doctor                          can this machine build in Windows?
  $ casement media inspect Win11.iso         which images and languages it has
  $ casement media add Win11.iso             into the Nix store; prints the spec's lines
  $ casement schema > casement.schema.json   completion and checks in the editor`;

const importExamples = `
Examples:
  $ casement import Autounattend.xml > casement.yaml
  $ casement import answer_files/2022/Autounattend.xml --release windows-server-2022
  $ casement import Autounattend.xml --json | jq .leftovers`;

const generateExamples = `
Examples:
  $ casement generate
  $ casement generate spec.ts --out nix/windows
  $ casement generate --check
  $ casement generate --watch
--watch watches the spec, the files that it names (windows.files), what a spec in TypeScript imports by a path, and
cygwin.lock.json; not packages, not files that a spec reads as it runs, not the output folder. Ctrl-C ends it with 0.`;
