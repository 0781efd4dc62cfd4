import { type CommandFault, faultsOfCommand } from "../unattend/command-faults.ts";
import type { Fault } from "./issues.ts";
import type { Spec } from "./schema.ts";
import { showValue } from "./show.ts";

/** Rules about `windows.commands`. */
export const commandRules: readonly ((spec: Spec) => Fault[])[] = [
  setupCommandsAreShort,
  setupCommandsFitTheirPass,
  firstLogonClosesItsBlocks,
];

// Setup cannot parse a longer <Path>, and stops (Microsoft, RunSynchronousCommand/Path; schneegans/unattend-generator#6).
const maximumPath = 259;

const passes = ["windowsPE", "specialize"] as const;

// UTF-16 units, as Windows counts them.
function setupCommandsAreShort(spec: Spec): Fault[] {
  return commandsOf(spec, passes)
    .filter(({ command }) => command.length > maximumPath)
    .map(({ path, command }) => ({
      path,
      message: `has to be at most ${maximumPath} characters long, got ${command.length}: ${showValue(command)}`,
      hint: "Put the rest into a batch file (windows.files), or into windows.commands.firstLogon.",
    }));
}

const hints: Readonly<Record<CommandFault["kind"], string>> = {
  restart: "Setup restarts by itself after this pass; later restarts are casement's own.",
  firewall: "Use windows.behaviour.firewall, or put the command into windows.commands.firstLogon.",
  letter: "In windows.commands.firstLogon, %MEDIUM% is the bootstrap medium's drive.",
  lines: "Write a command for each line.",
};

// The answer file's own check, so that the spec takes nothing that the stand-in's Setup would refuse.
function setupCommandsFitTheirPass(spec: Spec): Fault[] {
  return passes.flatMap((pass) =>
    commandsOf(spec, [pass]).flatMap(({ path, command }) =>
      faultsOfCommand(command, pass).map(({ kind, message }) => ({
        path,
        message: `${message}, got ${showValue(command)}`,
        hint: hints[kind],
      })),
    ),
  );
}

// Each command is a line of one batch file, and a block that stays open would swallow those after it.
function firstLogonClosesItsBlocks(spec: Spec): Fault[] {
  return commandsOf(spec, ["firstLogon"])
    .filter(({ command }) => command.endsWith("("))
    .map(({ path, command }) => ({
      path,
      message: `a block has to end on the line on which it begins, got ${showValue(command)}`,
      hint: "Put it into a batch file (windows.files), and call that from %MEDIUM%\\files.",
    }));
}

function commandsOf(
  spec: Spec,
  names: readonly (keyof Spec["windows"]["commands"])[],
): { readonly path: Fault["path"]; readonly command: string }[] {
  return names.flatMap((name) =>
    spec.windows.commands[name].map((command, index) => ({
      path: ["windows", "commands", name, index],
      command,
    })),
  );
}
