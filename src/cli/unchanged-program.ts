import { loadModule } from "../spec/load-module.ts";
import { documentText } from "./document-text.ts";
import type { Invocation } from "./invocation.ts";
import { compareStamp, type Places, type Unchanged } from "./unchanged.ts";

/**
 * The short way for a spec in TypeScript: it is run, as it can read anything, and what it exports compared with the last
 * time's. Only a stamp that is there makes it worth while. Whatever is in doubt goes the long way, which says what is wrong.
 */
export async function findUnchangedProgram(
  invocation: Invocation,
  places: Places,
): Promise<Unchanged | undefined> {
  try {
    const document = documentText(await loadModule(places.spec));
    return document === undefined ? undefined : compareStamp(invocation, places, { document });
  } catch {
    return undefined;
  }
}
