import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { attempt } from "../../../src/cli/watch/attempt.ts";
import { openAttemptThreads } from "../../../src/cli/watch/attempt-threads.ts";
import { ToolError } from "../../../src/errors.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";

test("an input that cannot be watched is a fault with its hint, as it is outside of a thread", async () => {
  await using folder = await makeTempFolder();
  const text = "name: hello\nwindows: { release: windows-10-22h2, files: [{ source: a, to: a }] }\n";
  await writeFile(join(folder.path, "casement.yaml"), text);
  await writeFile(join(folder.path, "more.ts"), 'export const release = "windows-10-22h2";\n');
  await writeFile(
    join(folder.path, "casement.ts"),
    'import { release } from "./more.ts";\nexport default { name: "hello", windows: { release } };\n',
  );
  const refuse = (file: string): never => {
    throw new ToolError(`${file}: cannot be watched (ENOSPC)`, { hint: "raise the limit" });
  };
  const request = (spec: string) => ({
    spec: join(folder.path, spec),
    outDir: join(folder.path, "casement"),
    generator: "0",
  });
  await using threads = openAttemptThreads();
  const signal = new AbortController().signal;
  assert.deepEqual(await threads.attempt(request("casement.ts"), refuse, signal), {
    fault: `${join(folder.path, "more.ts")}: cannot be watched (ENOSPC)\nraise the limit`,
  });
  assert.deepEqual(await attempt(request("casement.yaml"), refuse), {
    fault: `${join(folder.path, "a")}: cannot be watched (ENOSPC)\nraise the limit`,
  });
});
