import { exitCodes, GuestError, InternalError, SpecError, ToolError } from "../errors.ts";

/** Prints an error as its class deserves and returns the exit code. */
export function reportError(error: unknown): number {
  if (error instanceof SpecError) return say(error.message, error.exitCode);
  if (error instanceof ToolError || error instanceof GuestError) {
    return say(error.hint === undefined ? error.message : `${error.message}\n${error.hint}`, error.exitCode);
  }
  if (isSystemError(error)) return say(error.message, exitCodes.tool);
  const internal =
    error instanceof InternalError ? error : new InternalError(String(error), { cause: error });
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return say(
    `this is a fault of casement itself; please report it with the lines below\n${stack}`,
    internal.exitCode,
  );
}

// ENOSPC, EACCES and their like name the path and the reason.
function isSystemError(error: unknown): error is Error {
  return error instanceof Error && "code" in error && "syscall" in error;
}

function say(text: string, exitCode: number): number {
  process.stderr.write(`casement: ${text}\n`);
  return exitCode;
}
