import { testFaults } from "./faults.ts";

testFaults([
  {
    title: "features of Nix' own kind",
    rest: { nix: { requiredSystemFeatures: ["windows-vm", "gccarch-x86-64-v3", "big-parallel"] } },
    faults: [],
  },
  {
    title: "KVM as a feature, which the accelerator asks for",
    rest: { nix: { requiredSystemFeatures: ["windows-vm", "kvm"] } },
    faults: [
      "nix.requiredSystemFeatures[1]: is asked for by hardware.accelerator, got kvm; allowed: any other feature (Leave it out: hardware.accelerator is kvm, so builders have to offer it.)",
    ],
  },
  {
    title: "KVM as a feature beside emulation",
    rest: { hardware: { accelerator: "tcg" }, nix: { requiredSystemFeatures: ["kvm"] } },
    faults: [
      "nix.requiredSystemFeatures[0]: is asked for by hardware.accelerator, got kvm; allowed: any other feature (Leave it out, and set hardware.accelerator to kvm if that is what is meant.)",
    ],
  },
  {
    title: "a list in one word",
    rest: { nix: { requiredSystemFeatures: ["windows-vm,kvm"] } },
    faults: [
      'nix.requiredSystemFeatures[0]: has to be a feature as in Nix\' system-features: 1 to 64 letters, digits and . _ + -, a letter or digit first, got "windows-vm,kvm"',
    ],
  },
]);
