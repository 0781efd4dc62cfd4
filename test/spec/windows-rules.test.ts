import { testFaults } from "./faults.ts";

const remove11 = "Remove it; it is for clients of Windows 11.";

testFaults([
  {
    title: "a bypass where there is something to pass by",
    windows: { release: "windows-11-24h2", requirementBypass: true, networkBypass: false },
    faults: [],
  },
  {
    title: "what a release does not ask for, switched off",
    windows: { requirementBypass: false, networkBypass: false },
    faults: [],
  },
  {
    title: "a bypass of nothing",
    windows: { requirementBypass: true, networkBypass: true },
    faults: [
      `windows.requirementBypass: the Setup of Windows 10 22H2 has no check to switch off, got true (${remove11})`,
      `windows.networkBypass: the first start of Windows 10 22H2 does not insist on a network, got true (${remove11})`,
    ],
  },
  {
    title: "a check for a TPM that the VM does not have",
    windows: { release: "windows-11-24h2", requirementBypass: false },
    faults: [
      "windows.requirementBypass: the Setup of Windows 11 24H2 refuses a machine without TPM 2.0, and the VM has none, got false (Remove it, or set it to true.)",
    ],
  },
  {
    title: "a Defender that is not there",
    windows: { release: "windows-7", behaviour: { defender: true } },
    faults: ["windows.behaviour.defender: Windows 7 SP1 has no Defender that scans, got true (Remove it.)"],
  },
  {
    title: "Remote Desktop to a Home edition",
    windows: { edition: "Home", behaviour: { remoteDesktop: true } },
    faults: [
      "windows.behaviour.remoteDesktop: Home editions have no Remote Desktop to connect to, got true (Remove it.)",
    ],
  },
  {
    title: "a desktop of a release whose console can be reached",
    windows: { release: "windows-7", desktop: true },
    faults: [],
  },
  {
    title: "Remote Desktop to Pro",
    windows: { edition: "Pro", behaviour: { remoteDesktop: true } },
    faults: [],
  },
]);
