import { faultsOfCommand } from "../unattend/command-faults.ts";
import { type AnswerReader, inOrder, textAt } from "./answer-reader.ts";
import { deployment, setup, shell } from "./components.ts";
import type { WindowsPart } from "./windows-input.ts";

/** Which of casement's switches the commands of the file set, and the other commands in their order. */
export interface ImportedCommands {
  readonly requirementBypass: boolean;
  readonly networkBypass: boolean;
  readonly windows: WindowsPart;
}

/** Commands of all passes. Those in `own` are casement's already, and stay out. */
export function importCommands(reader: AnswerReader, own: ReadonlySet<string>): ImportedCommands {
  const read = (component: string, path: string, name: string): string[] =>
    inOrder(reader.takeAll(component, path)).flatMap((item) => textAt(item, name) ?? []);
  const duringSetup = read(setup, "RunSynchronous/RunSynchronousCommand", "Path");
  const duringSpecialize = read(deployment, "RunSynchronous/RunSynchronousCommand", "Path");
  const atLogon = read(shell, "FirstLogonCommands/SynchronousCommand", "CommandLine");
  const others = (lines: readonly string[]): string[] =>
    lines.filter((line) => !own.has(line) && !requirement.test(line) && !noNetwork.test(line));
  const windowsPE = others(duringSetup);
  const specialize = others(duringSpecialize);
  const firstLogon = others(atLogon).map(asBatchLine);
  const carried = [
    ...windowsPE.filter((line) => faultsOfCommand(line, "windowsPE").length === 0),
    ...specialize.filter((line) => faultsOfCommand(line, "specialize").length === 0),
    ...firstLogon,
  ];
  // What the spec's rules refuse is taken out later, and said then.
  for (const line of carried.filter((each) => elsewhere.test(each))) {
    reader.leave(
      line.slice(0, 120),
      "is carried over, but names a file of the old medium: put it into windows.files, which stand in `files` on the bootstrap medium",
    );
  }
  const commands = {
    ...(windowsPE.length === 0 ? {} : { windowsPE }),
    ...(specialize.length === 0 ? {} : { specialize }),
    ...(firstLogon.length === 0 ? {} : { firstLogon }),
  };
  return {
    requirementBypass: duringSetup.some((line) => requirement.test(line)),
    networkBypass: duringSpecialize.some((line) => noNetwork.test(line)),
    windows: Object.keys(commands).length === 0 ? {} : { commands },
  };
}

const requirement = /\\LabConfig\b.*\bBypass(TPM|SecureBoot|RAM|CPU|Storage)Check\b/i;
const noNetwork = /\bBypassNRO\b/i;
// C: is the new disk, and X: is where Setup itself runs.
const elsewhere = /(?<![a-z\\])[abd-wyz]:[\\/]/i;

// At the logon Windows replaces %NAME% alone; in a batch file every other percent sign has to be doubled.
function asBatchLine(line: string): string {
  return line.replaceAll(/%[A-Za-z_][A-Za-z0-9_()]*%|%/g, (found) => (found === "%" ? "%%" : found));
}
