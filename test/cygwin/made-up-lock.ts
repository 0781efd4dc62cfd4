import type { CygwinLock } from "../../src/cygwin/lock-schema.ts";

/** A lock of so many packages, for Windows 10 and from an archive that nobody asks. */
export function madeUpLock(count: number, wanted: readonly string[] = []): CygwinLock {
  const sha512 = "0".repeat(128);
  const archive = "https://cygwin.example";
  return {
    version: 1,
    archives: [archive],
    list: { url: null, sha512, signedBy: null, release: "cygwin", arch: "x86_64", timestamp: 1_700_000_000 },
    setup: { url: `${archive}/setup-x86_64.exe`, version: null, size: 1, sha512, signedBy: null },
    windows: "10.0.19045",
    wanted: wanted.toSorted(),
    packages: Array.from({ length: count }, (_, index) => ({
      name: `package-${index}`,
      version: "1.0-1",
      path: `x86_64/release/package-${index}/package-${index}-1.0-1.tar.xz`,
      size: index,
      sha512,
      categories: ["Libs"],
      summary: `Package ${index}`,
      depends: [`package-${index >> 1}`, `package-${index >> 2}`],
    })),
  };
}
