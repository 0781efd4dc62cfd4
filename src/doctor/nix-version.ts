/** Major and minor number of `nix --version`'s answer; undefined where it has none. */
export function nixVersion(text: string): readonly [major: number, minor: number] | undefined {
  // The last one: `nix (Determinate Nix 3.11.2) 2.31.1`, `nix (Lix, like Nix) 2.93.0`.
  const numbers = [...text.matchAll(/(\d+)\.(\d+)(?:\.\d+)?/g)].at(-1);
  return numbers === undefined ? undefined : [Number(numbers[1]), Number(numbers[2])];
}
