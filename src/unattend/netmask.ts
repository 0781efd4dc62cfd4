/** The mask of a prefix length, such as 255.255.255.0 for 24. */
export function netmask(prefixLength: number): string {
  return [0, 8, 16, 24]
    .map((shift) => 256 - 2 ** (8 - Math.min(8, Math.max(0, prefixLength - shift))))
    .join(".");
}
