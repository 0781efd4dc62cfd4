import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseAccelerator, loadMachineFacts, type MachineFacts } from "../../tools/detect-accelerator.ts";

const capable: MachineFacts = {
  override: undefined,
  deviceIsUsable: true,
  cpuFlags: ["fpu", "vmx"],
  modules: ["kvm", "kvm_intel"],
};

const rows: { title: string; change: Partial<MachineFacts>; want: "kvm" | "tcg"; reason: RegExp }[] = [
  { title: "an Intel machine", change: {}, want: "kvm", reason: /vmx/ },
  { title: "an AMD machine", change: { cpuFlags: ["svm"] }, want: "kvm", reason: /svm/ },
  {
    title: "a device that may not be opened",
    change: { deviceIsUsable: false },
    want: "tcg",
    reason: /\/dev\/kvm/,
  },
  {
    title: "a CPU without virtualization",
    change: { cpuFlags: ["fpu"] },
    want: "tcg",
    reason: /vmx nor svm/,
  },
  { title: "kvm_pvm behind the device", change: { modules: ["kvm_pvm"] }, want: "tcg", reason: /kvm_pvm/ },
  { title: "an override to tcg", change: { override: "tcg" }, want: "tcg", reason: /CASEMENT_ACCELERATOR/ },
  {
    title: "an override to kvm where nothing speaks for it",
    change: { override: "kvm", deviceIsUsable: false, cpuFlags: [] },
    want: "kvm",
    reason: /CASEMENT_ACCELERATOR/,
  },
  { title: "an empty override", change: { override: "" }, want: "kvm", reason: /vmx/ },
];

for (const { title, change, want, reason } of rows) {
  test(`chooses ${want} for ${title}`, () => {
    const choice = chooseAccelerator({ ...capable, ...change });
    assert.equal(choice.accelerator, want);
    assert.match(choice.reason, reason);
  });
}

test("refuses an override that is no accelerator, and names the allowed ones", () => {
  assert.throws(() => chooseAccelerator({ ...capable, override: "hvf" }), /got 'hvf'; allowed: kvm, tcg/);
});

test("reads the facts of this machine without failing", () => {
  assert.ok(loadMachineFacts().modules.length > 0);
});
