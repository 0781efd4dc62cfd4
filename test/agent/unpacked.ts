import { join } from "node:path";
import { unpackOutputs } from "../../src/runtime/collect.ts";
import type { GuestFolders } from "./guest.ts";

/** What a session left, unpacked as the runtime does it: the folder of its outputs, or undefined where it packed nothing. */
export async function unpacked(
  folders: Pick<GuestFolders, "root" | "settings">,
): Promise<string | undefined> {
  const folder = join(folders.root, "unpacked");
  return (await unpackOutputs(folders.settings.xchg, folder)) ? folder : undefined;
}
