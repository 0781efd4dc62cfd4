import type { BenchContext } from "../context.ts";
import { summarize } from "../measure.ts";
import { openProject } from "../project.ts";
import type { Row } from "../row.ts";

/** Nix's own part of a freeze: the time from the builder's last line until `nix build` ends, for a snapshot that is built anew. Once. */
export async function benchRegistration(context: BenchContext): Promise<Row[]> {
  // Nobody has this many seconds of quiet, so it is a snapshot of its own; the image is the same.
  const seconds = 5 + Math.floor(Math.random() * 1e6) / 1e9;
  const project = await openProject(context, "registration", seconds);
  context.say("freeze: builds a snapshot anew, to see how long Nix takes to register it");
  const { paths, log, afterLastLineMs } = await project.buildAndWatch("windows", /snapshot \S+: frozen/);
  if (!/frozen in /.test(log) || paths.length === 0) throw new Error("the snapshot was not built anew");
  return [
    {
      case: "freeze",
      what: "  Nix registers a snapshot of 2048 MiB (hash of all outputs)",
      unit: "s",
      summary: summarize([afterLastLineMs / 1000]),
      note: "from the builder's last line until nix build ends; once",
    },
  ];
}
