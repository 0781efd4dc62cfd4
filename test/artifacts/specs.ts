import * as fc from "fast-check";
import { languages } from "../../src/catalogue/languages.ts";
import { releaseIds } from "../../src/catalogue/release-ids.ts";
import { timeZones } from "../../src/catalogue/time-zones.ts";
import type { SpecInput } from "../../src/spec/schema.ts";

/** Specs that the schema takes; the rules between fields may still refuse some. */
export const arbitrarySpec: fc.Arbitrary<SpecInput> = fc.record(
  {
    name: fc.stringMatching(/^[a-z][a-z0-9-]{0,30}[a-z0-9]$/),
    windows: fc.record(
      {
        release: fc.constantFrom(...releaseIds),
        language: fc.constantFrom(...languages),
        timeZone: fc.constantFrom(...timeZones),
        image: fc.oneof(
          fc.record({ index: fc.integer({ min: 1, max: 99 }) }),
          fc.record({ name: printable() }),
        ),
        fullName: printable(),
        organization: printable(),
        computerName: fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,13}[A-Za-z0-9]$/),
      },
      { requiredKeys: ["release"] },
    ),
    hardware: fc.record(
      {
        firmware: fc.constantFrom("bios" as const, "uefi" as const),
        accelerator: fc.constantFrom("kvm" as const, "tcg" as const),
        vcpus: fc.integer({ min: 1, max: 64 }),
        memoryMiB: fc.integer({ min: 2048, max: 65_536 }),
        diskGiB: fc.integer({ min: 32, max: 2000 }),
      },
      { requiredKeys: [] },
    ),
    account: fc.record(
      {
        user: fc.stringMatching(/^[A-Za-z][A-Za-z0-9._-]{0,17}[A-Za-z0-9_-]$/),
        password: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._+@~-]{0,40}$/),
      },
      { requiredKeys: [] },
    ),
    cygwin: fc.record({
      packages: fc.array(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.+-]{0,20}$/), { maxLength: 5 }),
    }),
  },
  { requiredKeys: ["name", "windows"] },
);

/** Text that Windows shows; anything printable in it, what markup and shells find special above all. */
function printable(): fc.Arbitrary<string> {
  const special = fc.constantFrom(
    "&",
    "<",
    ">",
    '"',
    "'",
    "]]>",
    "${",
    "''",
    "%",
    "%%",
    "^",
    "!",
    "`",
    "é",
    "😀",
    "{{x}}",
  );
  return fc
    .array(fc.oneof(special, fc.string({ minLength: 1, maxLength: 4 })), { minLength: 1, maxLength: 20 })
    .map((parts) => parts.join("").trim())
    .filter((text) => /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]{1,255}$/u.test(text));
}
