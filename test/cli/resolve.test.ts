import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { resolvePlan } from "../../src/cli/resolve.ts";
import { SpecError } from "../../src/errors.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

test("extra settings that a floppy has no room for are a fault of the spec, with what fits", async () => {
  await assert.rejects(resolve("windows-10-22h2"), (error) => {
    assert.ok(error instanceof SpecError);
    assert.match(
      error.message,
      /windows\.extraSettings.*makes the answer file \d{7} bytes long; at most 1457664 fit/,
    );
    return true;
  });
});

test("the same extra settings are taken where the machine has no floppy drive", async () => {
  const { plan } = await resolve("windows-11-24h2", "arm64");
  assert.equal(plan.hardware.floppy, false);
});

async function resolve(release: string, architecture = "amd64"): ReturnType<typeof resolvePlan> {
  await using folder = await makeTempFolder();
  const spec = join(folder.path, "casement.json");
  // Two bytes in the spec, six in the answer file, which is ASCII.
  const value = Array.from({ length: 30 }, (_, index) => ({
    keyValue: String(index + 1),
    value: "é".repeat(9_900),
  }));
  const extra = {
    component: "Microsoft-Windows-DNS-Client",
    pass: "specialize",
    path: "DNSSuffixSearchOrder/DomainName",
    value,
  };
  const windows = {
    release,
    architecture,
    drivers: { virtioWin: architecture === "arm64" },
    extraSettings: [extra],
  };
  await writeFile(spec, JSON.stringify({ name: "large", windows }));
  return await resolvePlan({ spec, outDir: join(folder.path, "casement") });
}
