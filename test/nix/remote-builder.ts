import { writeFileSync } from "node:fs";
import { quoteSh } from "../../src/text/sh.ts";
import { nixCommand } from "./nix-tool.ts";

/**
 * What a remote builder is to Nix: a daemon with a store and settings of its own, that is spoken to over SSH. For `localhost` Nix
 * starts it without SSH. Writes the program that Nix is to start there.
 */
export function writeBuilder(
  file: string,
  { store, settings }: { readonly store: string; readonly settings: readonly string[] },
): void {
  const words = [
    ...nixCommand().filter((word) => word !== "--offline"),
    "daemon",
    "--store",
    store,
    ...settings,
  ];
  writeFileSync(file, `#!/bin/sh\nexec ${words.map(quoteSh).join(" ")} "$@"\n`, { mode: 0o755 });
}

/** Nix' command line for settings. */
export function options(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => ["--option", name, value]);
}
