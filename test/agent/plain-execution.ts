import type { Execution } from "../../src/agent/execution.ts";

/** A bash script without anything special, whose `$out` is a folder; tests change what they are about. */
export const plainExecution: Execution = {
  kind: "bash",
  script: "user.sh",
  environment: {},
  passAsFile: [],
  structuredAttributes: false,
  outputs: {},
  makeOutputs: true,
  collect: "success",

  shell: null,
  desktopSeconds: null,
  setClockEpochSeconds: null,
};
