import { printSetupIni } from "../../src/cygwin/setup-ini/print.ts";
import type { SetupPackage } from "../../src/cygwin/setup-ini/setup-ini.ts";

/** As many packages as a Cygwin archive has, about. */
const size = 9000;

/** What every machine of casement wants. */
const required = ["cygrunsrv", "openssh", "tar"];

/** Names of so many packages of the sample, spread over the whole of it. */
export function sampleNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => nameOf(Math.floor(((index + 1) * size) / (count + 1))));
}

/**
 * A made-up list in the place of Cygwin's own: each package needs one to four of those before it, most often of the first
 * ones, as libraries are needed; forty are in the category Base. Always the same.
 */
export function sampleList(): string {
  const random = randomNumbers(1);
  const packages = Array.from({ length: size }, (_, index): SetupPackage => {
    const needs = Array.from({ length: 1 + Math.floor(random() * 4) }, () =>
      Math.floor(index * random() ** 3),
    );
    const name = nameOf(index);
    return {
      name,
      summary: `Package ${index} of a made-up list`,
      categories: index < 40 ? ["Base"] : ["Libs"],
      replaceVersions: [],
      versions: [
        {
          section: "curr",
          version: "1.0-1",
          install: {
            path: `x86_64/release/${name}/${name}-1.0-1.tar.xz`,
            size: 1000 + index,
            hash: { kind: "sha512", hex: index.toString(16).padStart(8, "0").repeat(16) },
          },
          depends: [...new Set(needs)].filter((each) => each < index).map((each) => ({ name: nameOf(each) })),
          buildDepends: [],
          obsoletes: [],
          conflicts: [],
        },
      ],
    };
  });
  return printSetupIni({
    headers: { release: "cygwin", arch: "x86_64", timestamp: 1_700_000_000 },
    packages,
  });
}

function nameOf(index: number): string {
  return required[index] ?? `package-${index}`;
}

/** From 0 to 1, the same ones each time (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
