import { SpecError } from "../errors.ts";

/** The error for a file that cannot be installed from: what is wrong with it as a whole, and what to do. */
export function mediumFault(file: string, message: string, hint?: string): SpecError {
  return new SpecError(file, [hint === undefined ? { path: "", message } : { path: "", message, hint }]);
}
