import assert from "node:assert/strict";
import { test } from "node:test";
import type { Hardware } from "../../src/contract/machine.ts";
import { fingerprintSchema } from "../../src/contract/records.ts";
import {
  assertSameFingerprint,
  buildFingerprint,
  checkSame,
  type FingerprintInputs,
} from "../../src/runtime/fingerprint.ts";
import { hardware } from "./stage-fixture.ts";

const inputs: FingerprintInputs = {
  imageBuildId: "a".repeat(32),
  qemu: "/nix/store/x-qemu/bin/qemu-system-x86_64",
  hardware,
  uefiCode: null,
  uefiVariables: null,
  host: { cpuVendor: "GenuineIntel", tscKHz: 2_400_000 },
};
const kvm: Hardware = { ...hardware, accelerator: "kvm" };

test("survives the way through JSON", () => {
  const fingerprint = buildFingerprint(inputs);
  assert.deepEqual(
    checkSame(fingerprint, fingerprintSchema.parse(JSON.parse(JSON.stringify(fingerprint)))),
    [],
  );
});

const rows: readonly { part: string; now: Partial<typeof inputs>; frozen?: Partial<typeof inputs> }[] = [
  { part: "imageBuildId", now: { imageBuildId: "b".repeat(32) } },
  { part: "qemu", now: { qemu: "/nix/store/y-qemu/bin/qemu-system-x86_64" } },
  { part: "hardware.machineType", now: { hardware: { ...hardware, machineType: "pc-i440fx-9.2" } } },
  {
    part: "hardware.cpu.flags.0",
    now: { hardware: { ...hardware, cpu: { ...hardware.cpu, flags: ["+aes"] } } },
  },
  {
    part: "hardware.nic.mac",
    now: { hardware: { ...hardware, nic: { ...hardware.nic, mac: "52:54:00:12:34:99" } } },
  },
  { part: "hardware.rtcBase", now: { hardware: { ...hardware, rtcBase: "2027-01-01T00:00:00" } } },
  { part: "uefiCode", frozen: { uefiCode: "/nix/store/x-OVMF" }, now: { uefiCode: "/nix/store/y-OVMF" } },
  {
    part: "uefiVariables",
    frozen: { uefiVariables: "a".repeat(64) },
    now: { uefiVariables: "b".repeat(64) },
  },
  {
    part: "host.tscKHz",
    frozen: { hardware: kvm },
    now: { hardware: kvm, host: { ...inputs.host, tscKHz: 3_000_000 } },
  },
  {
    part: "host.cpuVendor",
    frozen: { hardware: kvm },
    now: { hardware: kvm, host: { ...inputs.host, cpuVendor: "AuthenticAMD" } },
  },
];

for (const { part, now, frozen } of rows) {
  test(`names the part that differs: ${part}`, () => {
    const before = buildFingerprint({ ...inputs, ...frozen });
    const after = buildFingerprint({ ...inputs, ...now });
    assert.ok(checkSame(before, after).some((difference) => difference.part === part));
    assert.throws(
      () => assertSameFingerprint("the snapshot", before, after),
      new RegExp(`${part}: the snapshot has .*, this run has`),
    );
  });
}

test("under emulation the host's CPU may be another one", () => {
  const other = buildFingerprint({ ...inputs, host: { cpuVendor: "AuthenticAMD", tscKHz: null } });
  assert.deepEqual(checkSame(buildFingerprint(inputs), other), []);
});
