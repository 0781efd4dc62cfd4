import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { startSwitch } from "../../../src/runtime/vde/switch.ts";
import { createVitals } from "../../../src/runtime/vitals.ts";
import { writeFakeTools } from "../../fakes/tools.ts";
import { assertGone, isAlive } from "../../support/processes.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";

test("is ready when it answers, and gone with its scope", async () => {
  await using temp = await makeTempFolder();
  const { vdeSwitch } = await writeFakeTools(temp.path);
  const vitals = createVitals();
  let pid = 0;
  {
    await using network = await startSwitch({
      vdeSwitch,
      socket: join(temp.path, "vde"),
      management: join(temp.path, "mgmt"),
      vitals,
    });
    ({ pid } = network);
    assert.ok(isAlive(pid));
  }
  await assertGone([pid]);
  assert.equal(vitals.failure(), undefined);
});

test("one that ends before it answers fails with its words, at once", async () => {
  await using temp = await makeTempFolder();
  const started = performance.now();
  await assert.rejects(
    startSwitch({
      vdeSwitch: "/bin/false",
      socket: join(temp.path, "vde"),
      management: join(temp.path, "mgmt"),
      vitals: createVitals(),
    }),
    /the network switch \(vde_switch\) exited with 1/,
  );
  assert.ok(performance.now() - started < 3000);
});

test("a folder whose sockets would have too long a path is refused before it starts", async () => {
  const socket = `/tmp/${"x".repeat(90)}`;
  await assert.rejects(
    startSwitch({ vdeSwitch: "/nowhere", socket, management: "/tmp/m", vitals: createVitals() }),
    /socket path is too long/,
  );
});
