import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Beacon } from "../../src/contract/guest.ts";
import { describeBeacon, readSerial } from "../../src/runtime/serial.ts";
import { createVitals } from "../../src/runtime/vitals.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

test("finds beacons among noise, and keeps every byte in the file", async () => {
  await using temp = await makeTempFolder();
  const file = join(temp.path, "com1.log");
  const port = new PassThrough();
  const seen: Beacon[] = [];
  const serial = readSerial(port, { file, vitals: createVitals(), onBeacon: (beacon) => seen.push(beacon) });
  const bytes = Buffer.concat([
    Buffer.from("\u001B[2J\u001B[1;1HSeaBIOS (version 1.16)\r\n\xFF"),
    Buffer.from("casement stage=first-logon \r\ncasement stage"),
    Buffer.from("=cygwin\nsomething casement failed=sshd code=5 reason=a=b c\r\n"),
  ]);
  for (const byte of bytes) port.write(Uint8Array.of(byte));
  await sleep(10);
  assert.deepEqual(seen, [
    { kind: "stage", stage: "first-logon" },
    { kind: "stage", stage: "cygwin" },
    { kind: "failed", stage: "sshd", code: 5, reason: "a=b c" },
  ]);
  assert.deepEqual(serial.beacons, seen);
  assert.deepEqual(await readFile(file), bytes);
  assert.deepEqual(serial.lastLines(2), [
    "casement stage=cygwin",
    "something casement failed=sshd code=5 reason=a=b c",
  ]);
  assert.equal(serial.lastLines(10)[0], "SeaBIOS (version 1.16)");
});

test("describes a beacon in words", () => {
  assert.equal(describeBeacon({ kind: "stage", stage: "verify" }), "stage verify");
  assert.equal(
    describeBeacon({ kind: "failed", stage: "sshd", code: 5, reason: "x" }),
    "failed in sshd with code 5: x",
  );
  assert.equal(
    describeBeacon({ kind: "failed", stage: "sshd", code: undefined, reason: "" }),
    "failed in sshd",
  );
});
