import { describeSize, type Frozen } from "../frozen.ts";
import { summarize } from "../measure.ts";
import { atMost, number, type Row } from "../row.ts";

/** What the freeze of one guest cost. */
export function freezeRows(frozen: Frozen): Row[] {
  const size = describeSize(frozen.size);
  const seconds = summarize(frozen.freezeMs.map((ms) => ms / 1000));
  const sync = summarize([frozen.syncMs / 1000]);
  const gzip = summarize([frozen.gzip.tookMs / 1000]);
  const single = (what: string, bytes: number): string => `${what} ${number(bytes / 1e6)} MB`;
  return [
    {
      case: "freeze",
      what: `freeze, stop -> state written, ${size}`,
      unit: "s",
      summary: seconds,
      ratios: [
        `${number(gzip.median / seconds.median)} times faster than the 2014 way (${number(gzip.median)} s)`,
      ],
      budget: atMost(seconds.median, 0.1, " s"),
      note: `on disk: ${[
        single("RAM", frozen.ramBytesOnDisk),
        single("after its holes were punched", frozen.ramBytesAfterHoles),
        single("device state", frozen.deviceStateBytes),
        single("disk overlay", frozen.diskBytes),
        single("the 2014 stream", frozen.gzip.bytes),
      ].join(", ")}`,
    },
    { case: "freeze", what: `  beside it: fsync of RAM and disk, ${size}`, unit: "s", summary: sync },
  ];
}
