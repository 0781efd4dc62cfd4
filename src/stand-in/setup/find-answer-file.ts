import { existsSync, readdirSync } from "node:fs";
import { posix } from "node:path";

/** A drive that Setup sees. */
export interface Drive {
  /** Lower case. */
  readonly letter: string;
  readonly kind: "floppy" | "cd";
  readonly folder: string;
}

/** Setup's order for what the stand-in has: removable media that can be written, by letter, then read-only ones, by letter; the root only. */
export function findAnswerFile(
  drives: readonly Drive[],
): { readonly drive: Drive; readonly path: string } | undefined {
  const order = [...drives].sort((a, b) => rank(a) - rank(b) || a.letter.localeCompare(b.letter));
  for (const drive of order) {
    const name = existsSync(drive.folder)
      ? readdirSync(drive.folder).find((each) => each.toLowerCase() === "autounattend.xml")
      : undefined;
    if (name !== undefined) return { drive, path: posix.join(drive.folder, name) };
  }
  return undefined;
}

function rank(drive: Drive): number {
  return drive.kind === "floppy" ? 0 : 1;
}
