import assert from "node:assert/strict";
import { test } from "node:test";
import type { Facts, RemoteBuilder } from "../../src/doctor/facts.ts";
import { judgeFeatures } from "../../src/doctor/judge-features.ts";
import { facts, host, inWords, nix, project, settings } from "./sample-facts.ts";

const wanting = (...requiredFeatures: string[]): Facts["project"] => ({ ...project, requiredFeatures });
const offering = (...systemFeatures: string[]): NonNullable<Facts["nix"]> => ({
  ...nix,
  settings: { ...settings, systemFeatures },
});
const builder = (features: readonly string[], mandatory: readonly string[] = []): RemoteBuilder => ({
  uri: "ssh-ng://big",
  systems: ["x86_64-linux"],
  features: [...features, ...mandatory],
  mandatory,
});
const withoutKvm: Partial<Facts> = { kvm: { ...facts.kvm, device: undefined } };

const rows: readonly { title: string; change: Partial<Facts>; want: RegExp | undefined }[] = [
  { title: "nothing but KVM is wanted", change: { project: wanting("kvm") }, want: undefined },
  { title: "nothing is wanted", change: { project: wanting() }, want: undefined },
  { title: "there is no spec", change: { project: undefined }, want: undefined },
  { title: "there is no Nix", change: { nix: undefined, project: wanting("windows-vm") }, want: undefined },
  {
    title: "this machine offers it",
    change: { nix: offering("benchmark", "kvm", "windows-vm"), project: wanting("kvm", "windows-vm") },
    want: /^ok features: Nix offers windows-vm here$/,
  },
  {
    title: "a Nix that shows no settings is believed",
    change: { nix: { ...nix, settings: null }, project: wanting("windows-vm") },
    want: /^ok/,
  },
  {
    title: "nobody offers it",
    change: { project: wanting("kvm", "windows-vm") },
    want: /^problem features: the spec asks for kvm, windows-vm, and no machine offers all of it: system-features has benchmark, big-parallel, kvm, nixos-test, and there are no remote builders$/,
  },
  {
    title: "half of it is offered",
    change: { nix: offering("a"), project: wanting("a", "b") },
    want: /^problem features: the spec asks for a, b, and no machine offers all of it: system-features has a,/,
  },
  {
    title: "a remote builder offers all of it",
    change: {
      nix: { ...nix, builders: [builder(["kvm", "windows-vm"])] },
      project: wanting("kvm", "windows-vm"),
    },
    want: /^ok features: ssh-ng:\/\/big offers windows-vm$/,
  },
  {
    title: "a remote builder lacks KVM",
    change: { nix: { ...nix, builders: [builder(["windows-vm"])] }, project: wanting("kvm", "windows-vm") },
    want: /^problem features: .* and no remote builder takes such a build$/,
  },
  {
    title: "a remote builder is set aside for it",
    change: {
      nix: { ...nix, builders: [builder(["kvm"], ["windows-vm"])] },
      project: wanting("kvm", "windows-vm"),
    },
    want: /^ok features: ssh-ng:\/\/big offers windows-vm$/,
  },
  {
    title: "a remote builder has it all and is set aside for something else",
    change: {
      nix: { ...nix, builders: [builder(["kvm", "windows-vm"], ["secret"])] },
      project: wanting("kvm", "windows-vm"),
    },
    want: /^problem/,
  },
  {
    title: "this machine has it all but KVM, which only another has",
    change: {
      ...withoutKvm,
      nix: { ...offering("windows-vm"), builders: [builder(["kvm"])] },
      project: wanting("kvm", "windows-vm"),
    },
    want: /^problem features: .* no machine offers all of it: there is no \/dev\/kvm, and no remote builder takes such a build$/,
  },
  {
    title: "this machine has it all but KVM, which nothing wants",
    change: { ...withoutKvm, nix: offering("windows-vm"), project: wanting("windows-vm") },
    want: /^ok features: Nix offers windows-vm here$/,
  },
  {
    title: "a remote builder is of another kind",
    change: {
      nix: { ...nix, builders: [{ ...builder(["windows-vm"]), systems: ["aarch64-linux"] }] },
      project: wanting("windows-vm"),
    },
    want: /^problem/,
  },
  {
    title: "this machine is of another kind",
    change: {
      host: { ...host, system: "aarch64-linux" },
      nix: offering("windows-vm"),
      project: wanting("windows-vm"),
    },
    want: /^problem/,
  },
];
for (const { title, change, want } of rows) {
  test(`features: ${title}`, () => {
    const lines = inWords(judgeFeatures({ ...facts, ...change }));
    assert.equal(lines.length, want === undefined ? 0 : 1, lines.join("\n"));
    if (want !== undefined) assert.match(lines[0] ?? "", want);
  });
}

test("what to do names the settings, with every feature that is wanted", () => {
  const [finding] = judgeFeatures({ ...facts, project: wanting("kvm", "windows-vm") });
  const todo = finding?.todo ?? [];
  assert.ok(todo.includes("extra-system-features = windows-vm"), todo.join("\n"));
  assert.ok(todo.includes("builders = ssh-ng://HOST x86_64-linux - 1 1 kvm,windows-vm"), todo.join("\n"));
});
