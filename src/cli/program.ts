import { Command, CommanderError } from "commander";
import about from "../../package.json" with { type: "json" };
import { exitCodes } from "../errors.ts";
import type { CommandCall } from "./command-call.ts";
import { declareDiff } from "./commands/diff-command.ts";
import { declareDoctor } from "./commands/doctor-command.ts";
import { declareExplain } from "./commands/explain-command.ts";
import { declareGenerate } from "./commands/generate-command.ts";
import { declareImport } from "./commands/import-command.ts";
import { declareInit } from "./commands/init-command.ts";
import { declareLock } from "./commands/lock-command.ts";
import { declareMedia } from "./commands/media.ts";
import { declarePlan } from "./commands/plan-command.ts";
import { declareSchema } from "./commands/schema-command.ts";
import type { Invocation } from "./invocation.ts";

/** Runs the command that was asked for and returns its exit code. */
export async function runProgram(invocation: Invocation): Promise<number> {
  let exitCode = 0;
  const program = declareProgram({
    invocation,
    version: about.version,
    setExitCode(code) {
      exitCode = code;
    },
  });
  try {
    await program.parseAsync(invocation.argv, { from: "user" });
  } catch (error) {
    // commander has said what is wrong; --help and --version end this way too.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.spec;
    throw error;
  }
  return exitCode;
}

/** Declares the commands, in the order in which a person meets them. What a command does is imported when it is called. */
export function declareProgram(call: CommandCall): Command {
  const program = new Command("casement")
    .description("Turns one typed spec into everything that Nix needs to build in Windows.")
    .version(call.version)
    .exitOverride()
    .showHelpAfterError("(casement --help shows how)")
    .addHelpText("after", examples);
  declareInit(program, call);
  declareDoctor(program, call);
  declareMedia(program, call);
  declareLock(program, call);
  declareGenerate(program, call);
  declareDiff(program, call);
  declarePlan(program, call);
  declareExplain(program, call);
  declareImport(program, call);
  declareSchema(program);
  return program;
}

const examples = `
Examples:
  $ casement init                            a project to start from
  $ casement generate                        casement.yaml -> ./casement/
  $ casement generate windows/build.yaml     another spec; writes windows/casement/
  $ casement generate --check                in CI: is ./casement/ what the spec says?
  $ casement diff                            what generate would change, line by line
  $ casement plan | jq .hardware             what was decided
  $ casement explain casement/machine.json:13   which field or default put that line there
  $ casement lock --update                   Cygwin's packages, pinned; says what changed
  $ casement doctor                          can this machine build in Windows?
  $ casement media inspect Win11.iso         which images and languages it has
  $ casement media add Win11.iso             into the Nix store; prints the spec's lines
  $ casement schema > casement.schema.json   completion and checks in the editor`;
