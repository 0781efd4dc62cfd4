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
const builder = (features: readonly string[], systems = ["x86_64-linux"]): RemoteBuilder => ({
  uri: "ssh-ng://big",
  systems,
  features,
});

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
    want: /^problem features: the spec asks for windows-vm, which no machine offers: system-features has benchmark, big-parallel, kvm, nixos-test, and there are no remote builders$/,
  },
  {
    title: "half of it is offered",
    change: { nix: offering("a"), project: wanting("a", "b") },
    want: /^problem features: the spec asks for a, b, which no machine offers: system-features has a,/,
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
    want: /^problem features: .* no remote builder has all of kvm, windows-vm$/,
  },
  {
    title: "a remote builder is of another kind",
    change: {
      nix: { ...nix, builders: [builder(["windows-vm"], ["aarch64-linux"])] },
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
