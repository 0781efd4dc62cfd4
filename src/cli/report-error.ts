import { exitCodes, GuestError, InternalError, SpecError, ToolError } from "../errors.ts";

/** Prints an error as its class deserves and returns the exit code. */
export function reportError(error: unknown): number {
  const { text, exitCode } = describeError(error);
  process.stderr.write(`casement: ${text}\n`);
  return exitCode;
}

/** An error as a person should read it. */
export function describeError(error: unknown): Described {
  if (error instanceof SpecError) return say(error.message, error.exitCode);
  if (error instanceof ToolError || error instanceof GuestError) {
    return say(error.hint === undefined ? error.message : `${error.message}\n${error.hint}`, error.exitCode);
  }
  if (isSystemError(error)) {
    return say(describeSystemError(error), error.code === "ENOSPC" ? exitCodes.space : exitCodes.tool);
  }
  const internal =
    error instanceof InternalError ? error : new InternalError(String(error), { cause: error });
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return say(
    `this is a fault of casement itself; please report it with the lines below\n${stack}`,
    internal.exitCode,
  );
}

interface SystemError extends Error {
  readonly code: string;
  readonly syscall: string;
  readonly path?: string;
}

function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && "code" in error && "syscall" in error;
}

function describeSystemError(error: SystemError): string {
  const known = systemErrors[error.code];
  if (known === undefined || error.path === undefined) return error.message;
  return `${error.path}: ${known.what} (${error.code}, ${error.syscall})\n${known.hint}`;
}

const yours = "Make it yours to read and write, or choose another folder.";
const systemErrors: Readonly<Record<string, { readonly what: string; readonly hint: string }>> = {
  EACCES: { what: "permission denied", hint: yours },
  EPERM: { what: "not permitted", hint: yours },
  EROFS: { what: "lies on a read-only file system", hint: "Choose another folder." },
  ENOSPC: { what: "no space left on the disk", hint: "Make room there and run it again." },
  EDQUOT: { what: "the disk quota is used up", hint: "Make room there and run it again." },
  ENOENT: { what: "cannot be made or opened there", hint: "Choose another folder." },
  ENAMETOOLONG: { what: "the path is too long", hint: "Choose another folder." },
};

function say(text: string, exitCode: number): Described {
  return { text, exitCode };
}

interface Described {
  readonly text: string;
  readonly exitCode: number;
}
