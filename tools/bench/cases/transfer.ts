import { mkdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { snapshot } from "../../../src/contract/filenames.ts";
import { run } from "../../../src/process/run.ts";
import { packRam, unpackRam } from "../../../src/runtime/ram-file.ts";
import type { BenchContext } from "../context.ts";
import { describeSize, type Frozen } from "../frozen.ts";
import { overlayOf, revive } from "../guests.ts";
import type { Lab } from "../machines.ts";
import { interleave, ratio, summarize, timed } from "../measure.ts";
import { atMost, number, type Row } from "../row.ts";
import { openStores, type Stores } from "../stores.ts";
import { compressUsedMemory } from "../used-memory.ts";

const row = { case: "transfer", unit: "s" } as const;

/**
 * What it costs to bring a frozen memory through a binary cache, in both layouts: packing and unpacking, the way there and
 * back, the room that it takes, and a revive from a memory that has lost its holes.
 */
export async function benchTransfer(lab: Lab, context: BenchContext, frozen: Frozen): Promise<Row[]> {
  const folder = join(context.folder, "transfer");
  const packedFolder = join(folder, "packed");
  await mkdir(packedFolder, { recursive: true });
  const packedRam = join(packedFolder, snapshot.packedRam);
  context.say("compresses the used memory alone, to compare with");
  const used = await compressUsedMemory(frozen.files.ram, context.vitals.signal);
  const packing = await benchPacking(lab, context, { frozen, folder, packed: packedRam });
  const sparse = await benchLayout(context, frozen, {
    title: "sparse",
    file: snapshot.ram,
    top: join(folder, "sparse-stores"),
    memory: frozen.files.ramFolder,
    zstdBytes: used.zstdBytes,
    fallocate: lab.parts.tools.fallocate,
    afterwards: (stores) =>
      benchArrived(lab, context, { frozen, ram: join(stores.there, snapshot.ram), packed: packedRam }),
  });
  const packed = await benchLayout(context, frozen, {
    title: "packed",
    file: snapshot.packedRam,
    top: join(folder, "packed-stores"),
    memory: packedFolder,
    zstdBytes: used.zstdBytes,
    afterwards: async () => [],
  });
  await rm(folder, { recursive: true });
  return [...packing, ...sparse, ...packed];
}

async function benchPacking(
  lab: Lab,
  context: BenchContext,
  { frozen, folder, packed }: { readonly frozen: Frozen; readonly folder: string; readonly packed: string },
): Promise<Row[]> {
  const { qemuImg } = lab.parts.tools;
  const { signal } = context.vitals;
  const unpacked = join(folder, "unpacked");
  const { fallocate } = lab.parts.tools;
  const [packs, unpacks, punches]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < context.runs; round += 1) {
    if (fallocate !== undefined)
      punches.push((await timed(() => dig(fallocate, frozen.files.ram, context))) / 1000);
    await rm(packed, { force: true });
    packs.push((await timed(() => packRam({ qemuImg, ram: frozen.files.ram, packed, signal }))) / 1000);
    unpacks.push((await timed(() => unpackRam({ qemuImg, ram: unpacked, packed, signal }))) / 1000);
    await rm(unpacked);
    context.say(`packed in ${number(packs.at(-1) ?? 0)} s, unpacked in ${number(unpacks.at(-1) ?? 0)} s`);
  }
  const size = await bytesOnDisk(packed);
  return [
    ...(punches.length === 0
      ? []
      : [
          {
            ...row,
            what: `memory's holes punched, ${describeSize(frozen.size)}`,
            summary: summarize(punches),
            note: `${megabytes(frozen.ramBytesAfterHoles)} on disk; all that a sparse memory needs`,
          },
        ]),
    {
      ...row,
      what: `memory packed, ${describeSize(frozen.size)}`,
      summary: summarize(packs),
      note: `${megabytes(size)} for ${megabytes(frozen.ramBytesAfterHoles)} in use`,
    },
    { ...row, what: "  unpacked, as each run of a packed snapshot does", summary: summarize(unpacks) },
  ];
}

async function benchLayout(
  context: BenchContext,
  frozen: Frozen,
  parts: {
    readonly title: string;
    readonly file: string;
    readonly top: string;
    readonly memory: string;
    /** Of the used memory alone. */
    readonly zstdBytes: number;
    /** Digs the holes that were lost on the way into the first store, as a builder leaves them. */
    readonly fallocate?: string | undefined;
    /** Called while the memory is in the second store. */
    readonly afterwards: (stores: Stores) => Promise<Row[]>;
  },
): Promise<Row[]> {
  const { title, file, top, fallocate } = parts;
  await mkdir(top);
  const stores = await openStores(context, top, parts.memory);
  if (fallocate !== undefined) await dig(fallocate, join(stores.here, file), context);
  const [there, back]: [number[], number[]] = [[], []];
  for (let round = 0; round < context.runs; round += 1) {
    await stores.leave();
    there.push((await stores.push()) / 1000);
    back.push((await stores.arrive()) / 1000);
    context.say(
      `${title}: to the cache in ${number(there.at(-1) ?? 0)} s, and back in ${number(back.at(-1) ?? 0)} s`,
    );
  }
  const arrived = await bytesOnDisk(join(stores.there, file));
  const moved = await stores.cacheBytes();
  const times = moved / parts.zstdBytes;
  const rows: Row[] = [
    {
      ...row,
      what: `to a cache (zstd), ${title}, ${describeSize(frozen.size)}`,
      summary: summarize(there),
      ratios: [
        `${megabytes(moved)} in the cache, ${number(times)} times the ${megabytes(parts.zstdBytes)} that zstd makes of the used memory`,
      ],
      budget: atMost(times, 1.3, " times the used memory's zstd"),
    },
    {
      ...row,
      what: `  from the cache to another store, ${title}`,
      summary: summarize(back),
      note: `${megabytes(arrived)} on disk there, ${number(arrived / frozen.ramBytesAfterHoles)} times the ${megabytes(frozen.ramBytesAfterHoles)} in use`,
    },
    ...(await parts.afterwards(stores)),
  ];
  await rm(top, { recursive: true });
  return rows;
}

/** What a revive takes from either layout after it has arrived: from a memory without holes, and from a packed one; and digging the holes again. */
async function benchArrived(
  lab: Lab,
  context: BenchContext,
  { frozen, ram, packed }: { readonly frozen: Frozen; readonly ram: string; readonly packed: string },
): Promise<Row[]> {
  const { qemuImg, fallocate } = lab.parts.tools;
  const { signal } = context.vitals;
  const reviveFrom = async (file: string): Promise<number> => {
    const disk = await overlayOf(lab, frozen.files.disk, lab.workspace.file("disk.qcow2"));
    await using started = await revive(lab, { ...frozen.files, hardware: frozen.hardware, ram: file, disk });
    if ((await lab.parts.workload.read(lab)) !== frozen.memory)
      throw new Error("a guest that was revived from a copied memory does not hold what was frozen");
    await rm(disk);
    return started.tookMs / 1000;
  };
  const reviveFromPacked = async (): Promise<number> => {
    const unpacked = lab.workspace.file("unpacked");
    const unpackMs = await timed(() => unpackRam({ qemuImg, ram: unpacked, packed, signal }));
    const revivedS = await reviveFrom(unpacked);
    await rm(unpacked);
    return unpackMs / 1000 + revivedS;
  };
  context.say("revives from the memory with holes, from the one without, and from the packed one, in turn");
  const summaryOf = await interleave(context.runs, {
    kept: () => reviveFrom(frozen.files.ram),
    lost: () => reviveFrom(ram),
    packed: reviveFromPacked,
  });
  const [kept, lost, unpacked] = [summaryOf("kept"), summaryOf("lost"), summaryOf("packed")];
  const digMs = fallocate === undefined ? undefined : await timed(() => dig(fallocate, ram, context));
  return [
    {
      ...row,
      what: "  revive -> SSH banner from it, without its holes",
      summary: lost,
      ratios: [
        `${number(ratio(lost, kept))} times the ${number(kept.median)} s of the one that has them, in turn`,
      ],
    },
    {
      ...row,
      what: "  unpack and revive -> SSH banner, packed, in turn with both",
      summary: unpacked,
      ratios: [`${number(ratio(unpacked, kept))} times the one that has its holes`],
    },
    ...(digMs === undefined
      ? []
      : [
          {
            ...row,
            what: "  its holes dug again",
            summary: summarize([digMs / 1000]),
            note: `${megabytes(await bytesOnDisk(ram))} on disk then; once`,
          },
        ]),
  ];
}

async function dig(fallocate: string, file: string, context: BenchContext): Promise<void> {
  await run({ file: fallocate, args: ["-d", file] }, { signal: context.vitals.signal });
}

async function bytesOnDisk(file: string): Promise<number> {
  return (await stat(file)).blocks * 512;
}

function megabytes(bytes: number): string {
  return `${number(bytes / 1e6)} MB`;
}
