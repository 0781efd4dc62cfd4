import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { GuestError, ToolError } from "../../src/errors.ts";
import { StageFailed } from "../../src/runtime/evidence.ts";

/** Fails unless the stage fails with this error and code, and leaves an evidence folder. Returns the failure. */
export async function rejectsWithEvidence(
  running: Promise<unknown>,
  want: { readonly error: RegExp; readonly exitCode: number },
): Promise<StageFailed> {
  const error: unknown = await running.then(
    () => assert.fail("the stage succeeded"),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof StageFailed, error instanceof Error ? error.stack : "no error");
  assert.ok(error.cause instanceof GuestError || error.cause instanceof ToolError, error.cause.stack);
  assert.match(error.cause.message, want.error);
  assert.equal(error.cause.exitCode, want.exitCode);
  const kept = await readdir(error.evidence);
  for (const name of ["config.json", "error.txt"]) {
    assert.ok(kept.includes(name), `no ${name} among ${kept.join(" ")}`);
  }
  return error;
}
