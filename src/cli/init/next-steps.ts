import { formatCommand } from "../../process/command.ts";
import type { TemplateName } from "./template.ts";

/** What is left to do after init, as commands to paste; `folder` is the project's, as people see it. */
export function nextSteps(template: TemplateName, folder: string): readonly string[] {
  const enter = folder === "." ? [] : [[formatCommand({ file: "cd", args: [folder] })]];
  const steps = [...enter, ...(template === "flake" ? windowsSteps : standInSteps)];
  const width = Math.max(...steps.map(([command = ""]) => command.length));
  return [
    ...(template === "stand-in" ? [notWindows] : []),
    "Next:",
    ...steps.map(([command = "", why]) =>
      why === undefined ? `  ${command}` : `  ${command.padEnd(width)}  # ${why}`,
    ),
  ];
}

const notWindows =
  "This project builds on the STAND-IN, a small Linux that plays Windows. It is NOT Windows, and nothing that it shows is true of Windows.";

const generateSteps = [
  ["casement generate", "writes ./casement/"],
  ["git add .", "a flake in git sees only what git knows (git init, where there is none)"],
];

const windowsSteps = [
  ["casement doctor", "can this machine build in Windows?"],
  [
    "casement media add FILE.iso",
    "the ISO into the Nix store; put the lines that it prints into casement.yaml",
  ],
  ["casement lock --archive URL --setup-program URL", "Cygwin, from a dated archive"],
  ...generateSteps,
  ["nix build .#hello", "installs Windows once, and runs a command in it"],
];

const standInSteps = [
  ...generateSteps,
  ["nix build .#hello", "installs the stand-in once (emulated: minutes), and runs a command in it"],
];
