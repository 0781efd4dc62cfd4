import type { BenchContext } from "../context.ts";
import { type Frozen, makeFrozen, type Size } from "../frozen.ts";
import { lastWords, type Lab, openLab, type Parts } from "../machines.ts";
import type { CaseName, Row } from "../row.ts";
import { freezeRows } from "./freeze.ts";
import { benchMemory } from "./memory.ts";
import { benchRevive, compareSizes } from "./revive.ts";
import { benchSize } from "./size.ts";
import { benchTransfer } from "./transfer.ts";

const wide: Size = { memoryMiB: 4096, dirtyMB: 200 };
const sizes: Readonly<Record<"small" | "large", Size>> = {
  small: { memoryMiB: 512, dirtyMB: 200 },
  large: { memoryMiB: 4096, dirtyMB: 1600 },
};
/** Smaller, because two stores and a cache hold it at the same time, once without holes. */
const carried: Size = { memoryMiB: 2048, dirtyMB: 600 };

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
  const isSeveral = cases.some((name) => name === "revive" || name === "freeze" || name === "memory");
  const several = isSeveral ? await benchSeveral(lab, context, cases) : [];
  const size = cases.includes("size") ? await benchSize(lab, context) : [];
  if (!cases.includes("transfer")) return [...several, ...size];
  await using frozen = await makeFrozen(lab, context, carried);
  return [...several, ...size, ...(await benchTransfer(lab, context, frozen))];
}

async function benchSeveral(lab: Lab, context: BenchContext, cases: readonly CaseName[]): Promise<Row[]> {
  const rows: Record<"revive" | "freeze" | "memory", Row[]> = { revive: [], freeze: [], memory: [] };
  const measure = async (frozen: Frozen): Promise<void> => {
    if (cases.includes("freeze")) rows.freeze.push(...freezeRows(frozen));
    if (cases.includes("revive")) rows.revive.push(...(await benchRevive(lab, context, frozen)));
    // One more guest of the middle size would say nothing new.
    if (cases.includes("memory") && frozen.size !== wide)
      rows.memory.push(...(await benchMemory(lab, context, frozen)));
  };
  await using small = await makeFrozen(lab, context, sizes.small);
  await measure(small);
  {
    await using middle = await makeFrozen(lab, context, wide);
    await measure(middle);
  }
  await using large = await makeFrozen(lab, context, sizes.large);
  await measure(large);
  if (cases.includes("revive")) rows.revive.push(await compareSizes(lab, context, { small, large }));
  return [...rows.revive, ...rows.freeze, ...rows.memory];
}
