import { exitCodes, ToolError } from "../errors.ts";

/** The error as it is, or, where it says that a file system is full, a ToolError that says what to do. */
export function orFullDisk(error: Error): Error {
  const code = "code" in error ? error.code : undefined;
  if (code !== "ENOSPC" && code !== "EDQUOT") return error;
  return new ToolError(`no space left on the host's file system: ${error.message}`, {
    hint: "Free space there, and build again.",
    exitCode: exitCodes.space,
    cause: error,
  });
}
