import { xchg } from "../contract/filenames.ts";

/** What of casement's own work failed in the guest, relative to xchg: its presence tells such a failure from the command's. */
export const sessionError = `${xchg.run}/session-error`;
