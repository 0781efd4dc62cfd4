import type { BenchContext } from "../context.ts";
import { makeFrozen, type Size } from "../frozen.ts";
import { lastWords, type Lab, openLab, type Parts } from "../machines.ts";
import type { CaseName, Row } from "../row.ts";
import { freezeRows } from "./freeze.ts";
import { benchMemory } from "./memory.ts";
import { benchRevive, compareSizes, type ReviveResult } from "./revive.ts";

const small: Size = { memoryMiB: 512, dirtyMB: 200 };
const wide: Size = { memoryMiB: 4096, dirtyMB: 200 };
const full: Size = { memoryMiB: 4096, dirtyMB: 1600 };

/** The cases that need frozen guests of several sizes: each size is made once and serves all of them. */
export async function benchFrozenGuests(
  parts: Parts,
  context: BenchContext,
  cases: readonly CaseName[],
): Promise<Row[]> {
  context.say("starts switch and controller");
  await using lab = await openLab(parts, { top: context.folder, vitals: context.vitals });
  try {
    return await bySize(lab, context, cases);
  } catch (error) {
    const said = await lastWords(lab);
    if (said !== "") context.say(`what the machines said last:\n  | ${said}`);
    throw error;
  }
}

async function bySize(lab: Lab, context: BenchContext, cases: readonly CaseName[]): Promise<Row[]> {
  const rows: Record<"revive" | "freeze" | "memory", Row[]> = { revive: [], freeze: [], memory: [] };
  const revived = new Map<Size, ReviveResult>();
  for (const size of [small, wide, full]) {
    await using frozen = await makeFrozen(lab, context, size);
    if (cases.includes("freeze")) rows.freeze.push(...freezeRows(frozen));
    if (cases.includes("revive")) {
      const result = await benchRevive(lab, context, frozen);
      revived.set(size, result);
      rows.revive.push(...result.rows);
    }
    if (cases.includes("memory") && size !== wide)
      rows.memory.push(...(await benchMemory(lab, context, frozen)));
  }
  const [one, other] = [revived.get(small), revived.get(full)];
  if (one !== undefined && other !== undefined) rows.revive.push(compareSizes(one, other));
  return [...rows.revive, ...rows.freeze, ...rows.memory];
}
