/**
 * The PartitionID of each partition, given their types in the order in which they are made: every one counts, an MSR too,
 * but an extended one, which has none (Microsoft, modifypartition-extend; A71).
 */
export function partitionIds(types: readonly string[]): (number | undefined)[] {
  let last = 0;
  return types.map((type) => {
    if (type.toLowerCase() === "extended") return undefined;
    last += 1;
    return last;
  });
}
