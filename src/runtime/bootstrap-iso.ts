import { bootstrap } from "../contract/filenames.ts";
import type { Command } from "../process/command.ts";

/** Copies the bootstrap ISO with a folder of keys added. The medium is never booted, so there is no boot record to keep. */
export function buildAddKeysCommand(options: {
  readonly xorriso: string;
  readonly iso: string;
  readonly keys: string;
  readonly to: string;
}): Command {
  // biome-ignore format: an option and its value stay on one line
  const args = [
    "-no_rc",
    "-abort_on", "FATAL",
    // A file that Joliet cannot name is only a warning to xorriso, and missing to Windows.
    "-return_with", "WARNING", "32",
    // Windows reads Joliet names; xorriso drops them from a loaded image unless it is told.
    "-joliet", "on",
    "-compliance", "joliet_long_names:joliet_long_paths",
    "-indev", options.iso,
    "-outdev", options.to,
    "-volid", bootstrap.volumeLabel,
    "-map", options.keys, `/${bootstrap.keys}`,
    "-chown_r", "0", `/${bootstrap.keys}`, "--",
    "-chgrp_r", "0", `/${bootstrap.keys}`, "--",
    "-padding", "0",
    "-commit",
  ];
  return { file: options.xorriso, args };
}
