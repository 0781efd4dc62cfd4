import assert from "node:assert/strict";
import { test } from "node:test";
import { releaseIds } from "../../src/catalogue/release-ids.ts";
import { buildPlan } from "../../src/plan/build-plan.ts";
import { featuresOf } from "../../src/plan/features.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { checkSpec } from "../../src/spec/check.ts";
import type { SpecInput } from "../../src/spec/schema.ts";

test("a plan is plain JSON with nothing left open", () => {
  for (const release of releaseIds) {
    const plan = planOf({ name: "a", windows: { release, ...keyOf(release) } });
    assert.deepEqual(JSON.parse(JSON.stringify(plan)), plan);
  }
});

test("Windows 10 gets BIOS on i440fx, Windows 11 gets UEFI on q35", () => {
  const ten = planOf({ name: "a", windows: { release: "windows-10-22h2" } }).hardware;
  assert.deepEqual(
    [ten.firmware, ten.machineType, ten.disk.bus, ten.nic.model],
    ["bios", "pc-i440fx-10.0", "ide", "e1000"],
  );
  const eleven = planOf({ name: "a", windows: { release: "windows-11-24h2" } }).hardware;
  assert.deepEqual(
    [eleven.firmware, eleven.machineType, eleven.disk.bus, eleven.nic.model],
    ["uefi", "pc-q35-10.0", "ahci", "e1000e"],
  );
});

test("bus and adapter follow a machine type that the spec names", () => {
  const { hardware } = planOf({
    name: "a",
    windows: { release: "windows-10-22h2" },
    hardware: { machineType: "pc-q35-9.2" },
  });
  assert.deepEqual([hardware.firmware, hardware.disk.bus, hardware.nic.model], ["bios", "ahci", "e1000e"]);
});

test("emulation gets longer limits and no Hyper-V, and a limit of the spec is taken as it is", () => {
  const kvm = planOf({ name: "a", windows: { release: "windows-10-22h2" } });
  const tcg = planOf({
    name: "a",
    windows: { release: "windows-10-22h2" },
    hardware: { accelerator: "tcg" },
    image: { deadlineMinutes: 7 },
  });
  assert.ok(kvm.hardware.cpu.flags.includes("hv-relaxed"));
  assert.deepEqual(tcg.hardware.cpu.flags, []);
  assert.equal(tcg.snapshot.bootMinutes, kvm.snapshot.bootMinutes * 6);
  assert.equal(tcg.image.deadlineMinutes, 7);
});

test("builders have to offer KVM where the accelerator is, and what else the spec asks for", () => {
  const features = (rest: Partial<SpecInput>): readonly string[] =>
    featuresOf(planOf({ name: "a", windows: { release: "windows-10-22h2" }, ...rest }));
  const nix = { requiredSystemFeatures: ["windows-vm", "big", "windows-vm"] };
  assert.deepEqual(features({}), ["kvm"]);
  assert.deepEqual(features({ nix }), ["kvm", "big", "windows-vm"]);
  assert.deepEqual(features({ nix, hardware: { accelerator: "tcg" } }), ["big", "windows-vm"]);
});

test("an image is found by the spec's word, else by the edition's", () => {
  const image = (windows: object): Plan["setup"]["image"] =>
    planOf({ name: "a", windows: { release: "windows-10-22h2", ...windows } }).setup.image;
  assert.deepEqual(image({}), { kind: "name", name: "Windows 10 Pro" });
  assert.deepEqual(image({ edition: "Enterprise Evaluation" }), { kind: "index", index: 1 });
  assert.deepEqual(image({ image: { index: 6 } }), { kind: "index", index: 6 });
  assert.deepEqual(image({ image: { name: "X" } }), { kind: "name", name: "X" });
});

test("a password of the spec wins over the one that was made", () => {
  const windows = { release: "windows-10-22h2" } as const;
  assert.equal(planOf({ name: "a", windows }).account.password, "Made-1");
  assert.equal(planOf({ name: "a", windows, account: { password: "Given-1" } }).account.password, "Given-1");
});

test("packages are sorted, named once, and hold what casement needs itself", () => {
  const windows = { release: "windows-10-22h2" } as const;
  assert.deepEqual(
    planOf({ name: "a", windows, cygwin: { packages: ["make", "gcc", "make"] } }).cygwin.packages,
    ["cygrunsrv", "gcc", "make", "openssh", "tar"],
  );
});

function planOf(document: SpecInput): Plan {
  const checked = checkSpec(document);
  assert.ok("spec" in checked, JSON.stringify(checked.faults));
  return buildPlan(checked.spec, { password: "Made-1", files: new Map() });
}

// XP's Setup asks for a key, and no public one is known.
function keyOf(release: string): object {
  const old = ["windows-xp", "windows-server-2003-r2"].includes(release);
  return old ? { productKey: "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE" } : {};
}
