import { basename } from "node:path";
import { xchg } from "../contract/filenames.ts";
import type { Execution } from "./execution.ts";
import type { SessionLayout } from "./session-layout.ts";
import { shellWord } from "./shell-words.ts";

/** Lines of bash that run the command with its variables (of the function `environment`), and write its code into the exit-code file and into $code. */
export function runLines(execution: Execution, layout: SessionLayout): string {
  return `  (
    environment
    exec ${commandLine(execution, layout)}
  )${execution.shell?.when === "instead" ? "" : " </dev/null"}
  code=$?
${codeLines(execution)}`;
}

/** The command itself, for bash. */
export function commandLine(execution: Execution, layout: SessionLayout): string {
  if (execution.kind !== "bash") return `cmd /d /c ${shellWord(`${layout.xchgNative}\\run\\main.cmd`)}`;
  const script = shellWord(`${layout.xchg}/${xchg.run}/${execution.script}`);
  return `/bin/bash --noprofile --norc -e -o pipefail -O inherit_errexit ${script}`;
}

/** bash's own status is the code; cmd has written the file itself, and without one its status counts. */
function codeLines(execution: Execution): string {
  if (execution.kind === "bash") {
    return `  printf '%s\\n' "$code" >"$run/exit-code" || fail "the exit code $code could not be written"`;
  }
  return `  if [ -s "$run/exit-code" ]; then code=$(tr -cd '0-9-' <"$run/exit-code"); else [ "$code" != 0 ] || code=1; printf '%s\\n' "$code" >"$run/exit-code"; fi`;
}

/**
 * For bash, the mount of each output at its store path: what is installed there has that path built in.
 * Cygwin's mounts translate names, so the folder behind one need not exist, and the command makes it at the store path.
 * `fail` is the command that takes the reason where one fails.
 */
export function outputMountLines(
  { kind, outputs }: Execution,
  layout: SessionLayout,
  fail: string,
): string[] {
  const paths = kind === "bash" ? Object.values(outputs) : [];
  return paths.map((path) => mountLine(`${layout.outputsNative}\\${basename(path)}`, path, fail));
}

/** A mount of this session's own: others have other tables (A136), and it ends with the last process of this one. */
function mountLine(native: string, path: string, fail: string): string {
  const words = [native.replaceAll("\\", "/"), path].map(shellWord).join(" ");
  return `  said=$(mount -f -o binary ${words} 2>&1) || ${fail} ${shellWord(`${path} could not be mounted: `)}"$said"`;
}
