import assert from "node:assert/strict";
import { test } from "node:test";
import { parseDriverWords } from "../../../src/runtime/test-driver/words.ts";

const folders = ["--switch", "/run/vde0.ctl", "--shared", "/run/shared-xchg"];
const usual =
  "-qmp unix:/run/qmp,server=on,wait=off -monitor unix:/run/monitor -chardev socket,id=shell,path=/run/shell " +
  "-device virtio-serial -device virtconsole,chardev=shell -device virtio-rng-pci -serial stdio -no-reboot -nographic";

function parse(words: string) {
  return parseDriverWords([...folders, ...words.split(" ")]);
}

test("takes folders, sockets and monitors, and knows what is meant for a Linux", () => {
  assert.deepEqual(parse(usual), {
    switchSocket: "/run/vde0.ctl",
    shared: "/run/shared-xchg",
    shell: "/run/shell",
    monitor: "/run/monitor",
    qmp: "/run/qmp",
    monitors: ["-qmp", "unix:/run/qmp,server=on,wait=off", "-monitor", "unix:/run/monitor"],
    endsAtRestart: true,
    refused: [],
  });
});

test("a driver of 2022 has no QMP, and one that allows restarts no -no-reboot", () => {
  const { monitors, qmp, endsAtRestart } = parse(
    usual.replace("-qmp unix:/run/qmp,server=on,wait=off ", "").replace("-no-reboot ", ""),
  );
  assert.deepEqual(monitors, ["-monitor", "unix:/run/monitor"]);
  assert.equal(qmp, undefined);
  assert.equal(endsAtRestart, false);
});

test("tells what it does not hand on: a debugging back door, a user's own options", () => {
  const { refused } = parse(
    `${usual} -chardev socket,id=vsock_ssh,path=/run/v -device vhost-user-vsock-pci,chardev=vsock_ssh -m 4G -snapshot`,
  );
  assert.deepEqual(refused, [
    "-chardev socket,id=vsock_ssh,path=/run/v",
    "-device vhost-user-vsock-pci,chardev=vsock_ssh",
    "-m 4G",
    "-snapshot",
  ]);
});

for (const [without, named] of [
  ["-monitor unix:/run/monitor ", /^-monitor unix: is missing/],
  ["-chardev socket,id=shell,path=/run/shell ", /^-chardev socket,id=shell,path= is missing/],
] as const) {
  test(`refuses words without ${without.split(" ")[0]}, and says whose they are`, () => {
    const refuses = (error: Error): boolean => named.test(error.message) && /NixOS test/.test(error.message);
    assert.throws(() => parse(usual.replace(without, "")), refuses);
  });
}

test("refuses to start without the folders, as a person would start it", () => {
  assert.throws(() => parseDriverWords([]), /^ToolError: --switch is missing/);
  assert.throws(() => parseDriverWords(["--switch", "/x", "--shared"]), /--shared is missing/);
});
