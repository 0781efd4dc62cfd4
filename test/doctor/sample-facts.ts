import type { Facts, HostFacts, NixFacts, NixSettings, ProjectFacts } from "../../src/doctor/facts.ts";
import type { Finding } from "../../src/doctor/finding.ts";

/** A machine and a project with which nothing is wrong. */
export const settings: NixSettings = {
  experimentalFeatures: ["flakes", "nix-command"],
  sandbox: "on",
  systemFeatures: ["benchmark", "big-parallel", "kvm", "nixos-test"],
  systemFeaturesAreGiven: false,
  buildUsersGroup: "nixbld",
  autoAllocateUids: false,
  maxSilentTime: 0,
  timeout: 0,
  buildDir: null,
};
export const nix: NixFacts = { version: "nix (Nix) 2.26.3", settings, storeUrl: "daemon", builders: [] };
export const host: HostFacts = {
  system: "x86_64-linux",
  uid: 1000,
  gids: [1000, 104],
  groups: new Map([
    ["root", 0],
    ["kvm", 104],
    ["nixbld", 30_000],
  ]),
  memory: { totalMiB: 16_000, availableMiB: 12_000 },
  storeRoom: { folder: "/nix/store", freeMiB: 200_000 },
  buildRoom: { folder: "/tmp", freeMiB: 50_000 },
};
export const project: ProjectFacts = {
  accelerator: "kvm",
  requiredFeatures: ["kvm"],
  memoryMiB: 4096,
  controllerMiB: 512,
  diskGiB: 64,
  installMinutes: 240,
  access: "cygwin",
  isLocked: true,
  iso: { name: "w.iso", url: null, store: { path: "/nix/store/x-w.iso", isThere: true, isKept: true } },
  stale: [],
  untracked: undefined,
  flake: "config.allowUnfreePredicate = casement.lib.allowUnfreePredicate;",
};
export const facts: Facts = {
  nix,
  host,
  kvm: { device: { mode: 0o666, uid: 0, gid: 104 }, cpuFlags: ["fpu", "vmx"], modules: ["kvm_intel"] },
  project,
};

/** Findings in a form that tests can compare: `state check: found`. */
export function inWords(findings: readonly Finding[]): string[] {
  return findings.map(({ state, check, found }) => `${state} ${check}: ${found}`);
}
