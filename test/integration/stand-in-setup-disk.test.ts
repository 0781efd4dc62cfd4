import assert from "node:assert/strict";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { z } from "zod";
import { run } from "../../src/process/run.ts";
import { placeOnGpt, renderGuidPartitionTable } from "../../src/stand-in/setup/guid-partition-table.ts";
import { efi, msr, recovery, windows } from "../stand-in/setup/layouts.ts";
import { skipWithout } from "../support/external-tools.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

test("sfdisk reads the stand-in's GPT as it is meant, from either end of the disk", {
  skip: skipWithout(["sfdisk"]),
}, async () => {
  await using temp = await makeTempFolder();
  const sectors = 32 * 2 ** 21;
  const guidOf = (number: number): string => `0011223${number}-4455-4677-8899-AABBCCDDEEFF`;
  const table = renderGuidPartitionTable(placeOnGpt([efi, msr, recovery, windows], sectors), sectors, guidOf);
  const whole = join(temp.path, "whole.img");
  const headless = join(temp.path, "headless.img");
  for (const file of [whole, headless]) {
    await using disk = await open(file, "w");
    await disk.truncate(sectors * 512);
    // Without the first header there is only the second one; the protective MBR stays.
    const head = file === whole ? table.head : table.head.subarray(0, 512);
    await disk.write(head, 0, head.length, 0);
    await disk.write(table.tail, 0, table.tail.length, table.tailSector * 512);
  }
  for (const file of [whole, headless]) {
    const { stdout } = await run({ file: "sfdisk", args: ["--json", file] });
    const { partitiontable } = tableSchema.parse(JSON.parse(stdout));
    assert.equal(partitiontable.label, "gpt");
    assert.equal(partitiontable.id, guidOf(0));
    assert.deepEqual(
      partitiontable.partitions.map(({ start, size, type, uuid }) => ({ start, size, type, uuid })),
      [
        { start: 2048, size: 532_480, type: "C12A7328-F81F-11D2-BA4B-00A0C93EC93B", uuid: guidOf(1) },
        { start: 534_528, size: 32_768, type: "E3C9E316-0B5C-4DB8-817D-F92DF00215AE", uuid: guidOf(2) },
        { start: 567_296, size: 1_433_600, type: "DE94BBA4-06D1-4D40-A16A-BFD50179D6AC", uuid: guidOf(3) },
        {
          start: 2_000_896,
          size: sectors - 2048 - 2_000_896,
          type: "EBD0A0A2-B9E5-4433-87C0-68B6B72699C7",
          uuid: guidOf(4),
        },
      ],
    );
  }
  await run({ file: "sfdisk", args: ["--verify", whole] });
});

const partitionSchema = z.object({ start: z.int(), size: z.int(), type: z.string(), uuid: z.string() });
const tableSchema = z.object({
  partitiontable: z.object({ label: z.string(), id: z.string(), partitions: z.array(partitionSchema) }),
});
