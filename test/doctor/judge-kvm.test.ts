import assert from "node:assert/strict";
import { test } from "node:test";
import type { Facts, HostFacts, NixFacts, RemoteBuilder } from "../../src/doctor/facts.ts";
import { judgeKvm } from "../../src/doctor/judge-kvm.ts";
import { facts, host, inWords, nix, project, settings } from "./sample-facts.ts";

const closed = { ...facts.kvm, device: { mode: 0o660, uid: 0, gid: 104 } };
const withSettings = (change: Partial<typeof settings>, rest: Partial<NixFacts> = {}): NixFacts => ({
  ...nix,
  ...rest,
  settings: { ...settings, ...change },
});
const builder = (
  name: string,
  features: readonly string[],
  mandatory: readonly string[] = [],
): RemoteBuilder => ({
  uri: `ssh-ng://${name}`,
  systems: ["x86_64-linux"],
  features: [...features, ...mandatory],
  mandatory,
});
const asRoot: HostFacts = { ...host, uid: 0, gids: [0] };

const rows: readonly { title: string; change: Partial<Facts>; want: RegExp }[] = [
  {
    title: "a device that is open to all",
    change: {},
    want: /^ok kvm: Nix offers it, and a build can open \/dev\/kvm, mode 0666$/,
  },
  {
    title: "a device of the group kvm, which build users lose in the sandbox",
    change: { kvm: closed },
    want: /^problem kvm: \/dev\/kvm has mode 0660 and group kvm; a sandboxed build has the group nixbld and no other, so Nix takes the job and QEMU cannot open it$/,
  },
  {
    title: "a device of the build users' own group",
    change: { kvm: { ...closed, device: { mode: 0o660, uid: 0, gid: 30_000 } } },
    want: /^ok/,
  },
  {
    title: "a daemon whose group the user's settings do not show",
    change: { kvm: closed, nix: withSettings({ buildUsersGroup: "" }) },
    want: /has the group nixbld and no other/,
  },
  {
    title: "users that Nix makes up",
    change: {
      kvm: { ...closed, device: { mode: 0o660, uid: 0, gid: 30_000 } },
      nix: withSettings({ autoAllocateUids: true }),
    },
    want: /^problem kvm: .*builds run as users without groups/,
  },
  {
    title: "a store of one's own, which keeps one's groups",
    change: { kvm: closed, nix: { ...nix, storeUrl: "local" } },
    want: /^ok/,
  },
  {
    title: "a store of one's own, without the group",
    change: { kvm: closed, nix: { ...nix, storeUrl: "local" }, host: { ...host, gids: [1000] } },
    want: /^problem kvm: .*group kvm; builds run as you, and you may not open it$/,
  },
  {
    title: "root without build users, who owns the device",
    change: {
      kvm: { ...closed, device: { mode: 0o600, uid: 0, gid: 0 } },
      host: asRoot,
      nix: withSettings({ buildUsersGroup: "" }, { storeUrl: "local" }),
    },
    want: /^ok/,
  },
  {
    title: "root with build users",
    change: { kvm: closed, host: asRoot, nix: { ...nix, storeUrl: "local" } },
    want: /^problem kvm: .*has the group nixbld/,
  },
  {
    title: "no sandbox, where build users may be members of the group",
    change: { kvm: closed, nix: withSettings({ sandbox: "off" }) },
    want: /^warning kvm: \/dev\/kvm has mode 0660/,
  },
  {
    title: "a device whose group has no name",
    change: { kvm: { ...closed, device: { mode: 0o660, uid: 0, gid: 7 } } },
    want: /and group 7;/,
  },
  {
    title: "no device",
    change: { kvm: { ...facts.kvm, device: undefined } },
    want: /^problem kvm: there is no \/dev\/kvm$/,
  },
  {
    title: "kvm_pvm behind the device",
    change: { kvm: { ...facts.kvm, modules: ["kvm", "kvm_pvm"] } },
    want: /^problem kvm: \/dev\/kvm is served by kvm_pvm/,
  },
  {
    title: "a CPU without virtualization",
    change: { kvm: { ...facts.kvm, cpuFlags: ["fpu"] } },
    want: /^problem kvm: the CPU shows neither vmx nor svm/,
  },
  { title: "an AMD machine", change: { kvm: { ...facts.kvm, cpuFlags: ["svm"] } }, want: /^ok/ },
  {
    title: "a Nix that was told not to offer it",
    change: { nix: withSettings({ systemFeatures: ["benchmark"], systemFeaturesAreGiven: true }) },
    want: /^problem kvm: Nix does not offer the feature kvm; system-features has benchmark$/,
  },
  {
    title: "a user who may not open it, and a daemon that finds out for itself",
    change: { nix: withSettings({ systemFeatures: ["benchmark"] }) },
    want: /^ok/,
  },
  {
    title: "a local store whose Nix may not open it",
    change: { nix: withSettings({ systemFeatures: [] }, { storeUrl: "local" }) },
    want: /^problem kvm: .*system-features has none$/,
  },
  { title: "a Nix that shows no settings", change: { nix: { ...nix, settings: null } }, want: /^ok/ },
  {
    title: "another kind of machine",
    change: { host: { ...host, system: "aarch64-linux" } },
    want: /^problem kvm: stages are built on x86_64-linux, and this is aarch64-linux$/,
  },
  {
    title: "a machine without it and a remote builder with it",
    change: {
      kvm: { ...facts.kvm, device: undefined },
      nix: { ...nix, builders: [builder("big", ["kvm"])] },
    },
    want: /^ok kvm: not here \(there is no \/dev\/kvm\), but ssh-ng:\/\/big offers it$/,
  },
  {
    title: "a remote builder of another kind",
    change: {
      kvm: { ...facts.kvm, device: undefined },
      nix: { ...nix, builders: [{ ...builder("arm", ["kvm"]), systems: ["aarch64-linux"] }] },
    },
    want: /^problem/,
  },
  {
    title: "a remote builder that has it, and not what the spec wants beside it",
    change: {
      kvm: { ...facts.kvm, device: undefined },
      nix: { ...nix, builders: [builder("big", ["kvm"])] },
      project: { ...project, requiredFeatures: ["kvm", "windows-vm"] },
    },
    want: /^problem kvm: there is no \/dev\/kvm$/,
  },
  {
    title: "a remote builder that is set aside for others",
    change: {
      kvm: { ...facts.kvm, device: undefined },
      nix: { ...nix, builders: [builder("big", ["kvm"], ["windows-vm"])] },
    },
    want: /^problem/,
  },
  {
    title: "a spec that wants emulation",
    change: { kvm: { ...facts.kvm, device: undefined }, project: { ...project, accelerator: "tcg" } },
    want: /^ok kvm: not needed/,
  },
  {
    title: "no spec",
    change: { project: undefined, kvm: { ...facts.kvm, device: undefined } },
    want: /^problem/,
  },
  {
    title: "no Nix, with real hardware",
    change: { nix: undefined, kvm: closed },
    want: /^warning kvm: there is real KVM; whether a build may use it only Nix can say$/,
  },
];
for (const { title, change, want } of rows) {
  test(`KVM: ${title}`, () => {
    const [line = "", ...others] = inWords(judgeKvm({ ...facts, ...change }));
    assert.match(line, want);
    assert.deepEqual(others, []);
  });
}

test("a closed device is opened by a rule of udev's, and never by a group", () => {
  const [finding] = judgeKvm({ ...facts, kvm: closed });
  const todo = finding?.todo?.join("\n") ?? "";
  assert.match(todo, /echo 'KERNEL=="kvm", MODE="0666"' \| sudo tee \/etc\/udev\/rules\.d\//);
  assert.match(todo, /no usermod/);
  assert.doesNotMatch(todo, /usermod -/);
});
