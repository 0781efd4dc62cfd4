import type { RequestOf } from "../contract/agent.ts";
import { StepError } from "./step-error.ts";

/** What of a request to execute says how its command runs. */
export type Execution = Pick<
  RequestOf<"execute">,
  | "kind"
  | "script"
  | "environment"
  | "passAsFile"
  | "structuredAttributes"
  | "outputs"
  | "makeOutputs"
  | "collect"
  | "shell"
  | "desktopSeconds"
  | "setClockEpochSeconds"
>;

/** Refuses names that a session cannot run or set; throws StepError. */
export function checkExecution(execution: Execution): void {
  const { kind, script } = execution;
  const refuse = (what: string): never => {
    throw new StepError("execute", what);
  };
  if (!/^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(script)) {
    refuse(`script: not a plain file name, got ${JSON.stringify(script)}; allowed: letters, digits, . _ -`);
  }
  if (reservedNames.has(script.toLowerCase())) {
    refuse(`script: ${script} is a name of the session's own; others are free`);
  }
  if (extensions[kind]?.test(script) === false) {
    refuse(`script: ${kind} runs files ending in ${kind === "cmd" ? ".cmd or .bat" : ".ps1"}, got ${script}`);
  }
  for (const [name, value] of Object.entries(execution.environment)) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      refuse(`environment: not a variable's name, got ${JSON.stringify(name)}; allowed: letters, digits, _`);
    }
    if (/^(errorlevel|comspec)$/i.test(name))
      refuse(`environment.${name}: is cmd's own and would hide its value`);
    if (value.includes("\0")) refuse(`environment.${name}: NUL is not allowed`);
  }
  for (const [name, path] of Object.entries(execution.outputs)) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      refuse(`outputs: not an output's name, got ${JSON.stringify(name)}; allowed: letters, digits, _`);
    }
    // What a store path may be made of, and nothing that a shell or cmd would read.
    if (!/^(\/[A-Za-z0-9+._?=-]+)+$/.test(path))
      refuse(`outputs.${name}: not a store path, got ${JSON.stringify(path)}`);
  }
  for (const name of execution.passAsFile) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      refuse(`passAsFile: not a variable's name, got ${JSON.stringify(name)}; allowed: letters, digits, _`);
    }
  }
}

const extensions = { bash: undefined, cmd: /\.(cmd|bat)$/i, powershell: /\.ps1$/i } as const;
const reservedNames = new Set([
  "environment",
  "session.cmd",
  "main.cmd",
  "commands",
  "desktop",
  "screenshots",
  "exit-code",
  "session-error",
  "attributes",
]);
