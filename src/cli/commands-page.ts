import type { Command } from "commander";
import { declareProgram } from "./program.ts";

/** docs/commands.md: what every command says of itself with --help. */
export function renderCommandsPage(): string {
  const program = declareProgram({
    invocation: { argv: [], env: {}, cwd: "/" },
    version: "0",
    setExitCode: () => undefined,
  });
  const sections = leavesOf(program).map(
    (command) => `## ${nameOf(command)}\n\n\`\`\`\n${helpOf(command)}\`\`\`\n`,
  );
  return `${head}\n\`\`\`\n${helpOf(program)}\`\`\`\n\n${sections.join("\n")}`;
}

const head = `# Commands

What \`casement --help\` and \`casement COMMAND --help\` say. Written by \`npm run docs\`; a test compares. The exit codes are in
[exit-codes.md](exit-codes.md), the fields of a spec in [spec.md](spec.md).
`;

/** Commands that do something by themselves, not only by those below them. */
function leavesOf(command: Command): readonly Command[] {
  return command.commands.flatMap((below) => (below.commands.length > 0 ? leavesOf(below) : [below]));
}

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}

function helpOf(command: Command): string {
  let text = "";
  command.configureOutput({
    writeOut: (written) => {
      text += written;
    },
    getOutHelpWidth: () => 110,
    getOutHasColors: () => false,
  });
  // Also what was added after the options, which helpInformation leaves out.
  command.outputHelp();
  return text;
}
