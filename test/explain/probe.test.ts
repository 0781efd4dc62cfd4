import assert from "node:assert/strict";
import { test } from "node:test";
import { specSchema } from "../../src/spec/schema.ts";
import { showPath } from "../../src/spec/show.ts";
import { fieldOf, type Path } from "../../src/explain/document.ts";
import { type Base, type Probe, probe } from "../../src/explain/probe.ts";
import { findTargets, itemOf, membersOf, type Target } from "../../src/explain/targets.ts";
import { listExamples } from "../support/examples.ts";
import { documentBase, exampleBase } from "./bases.ts";

// What is not tried for an example, each because no spec of that release can have another value there.
const untried: Readonly<Record<string, readonly string[]>> = {
  // Their only editions without an end, and an edition of another release would be a second change.
  "windows-7": ["windows.evaluationExpires"],
  "windows-xp": ["windows.evaluationExpires"],
};

for (const { name } of listExamples()) {
  test(`nearly every field of the schema is tried for examples/${name}`, async () => {
    const base = await exampleBase(name);
    const tried = new Set((await probeAll(base, findTargets(base.document))).flatMap(fieldsTried));
    const missing = schemaFields().filter((field) => !tried.has(field));
    assert.deepEqual(missing, untried[name] ?? []);
  });
}

test("the fields of the schema are found", () => {
  const fields = schemaFields();
  assert.ok(fields.length >= 80, String(fields.length));
  assert.ok(fields.includes("windows.disk.partitions[].letter"));
  assert.ok(fields.includes("snapshot.quiet.capMinutes"));
});

test("a value that changes nothing is no trial", async () => {
  const base = await documentBase({ name: "a", windows: { release: "windows-10-22h2" } });
  const { trials } = await probeAt(base, "hardware.firmware");
  assert.deepEqual(
    trials.map(({ value }) => value),
    ["uefi"],
  );
});

test("fields that do not fit a value change with it, and what they do alone is known", async () => {
  const base = await documentBase({
    name: "a",
    windows: { release: "windows-10-22h2" },
    hardware: { firmware: "bios", machineType: "pc-i440fx-10.0" },
  });
  const { trials } = await probeAt(base, "hardware.firmware");
  const uefi = trials.find(({ value }) => value === "uefi");
  assert.deepEqual(uefi?.together, ["hardware.machineType"]);
  assert.equal(uefi?.plan.hardware.machineType, "pc-q35-10.0");
  assert.equal(uefi?.without.hardware.machineType, "pc-i440fx-10.0");
});

test("a value that is refused itself is tried with the field that its fault names", async () => {
  const base = await documentBase({ name: "a", windows: { release: "windows-10-22h2" } });
  const { trials } = await probeAt(base, "hardware.diskBus");
  const virtio = trials.find(({ value }) => value === "virtio");
  assert.deepEqual(virtio?.together, ["windows.drivers.virtioWin"]);
  assert.ok(virtio?.without.setup.virtioWin.length !== 0);
});

test("a field without any other value says why", async () => {
  const base = await documentBase({
    name: "old",
    windows: { release: "windows-xp", productKey: "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE" },
  });
  const { trials, refusal } = await probeAt(base, "windows.evaluationExpires");
  assert.deepEqual(trials, []);
  assert.match(refusal ?? "", /^windows\.evaluationExpires: Professional is not an evaluation edition/);
});

test("items of lists are looked at one by one", async () => {
  const windows = { release: "windows-10-22h2", accounts: [{ name: "one", password: "P1" }] };
  const base = await documentBase({ name: "a", windows });
  const names = new Set(flatten(findTargets(base.document)).map(({ path }) => showPath(path)));
  for (const name of ["windows.accounts", "windows.accounts[0]", "windows.accounts[0].groups"]) {
    assert.ok(names.has(name), name);
  }
  const { trials } = await probeAt(base, "windows.accounts[0]");
  assert.ok(trials.some(({ value, plan }) => value === undefined && plan.setup.accounts.length === 0));
});

async function probeAt(base: Base, field: string): Promise<Probe> {
  const target = flatten(findTargets(base.document)).find(({ path }) => showPath(path) === field);
  assert.ok(target !== undefined, field);
  return probe(base, target);
}

async function probeAll(base: Base, targets: readonly Target[]): Promise<Probe[]> {
  const probes: Probe[] = [];
  for (const target of flatten(targets)) probes.push(await probe(base, target));
  return probes;
}

function flatten(targets: readonly Target[]): Target[] {
  return targets.flatMap((target) => [target, ...flatten(target.inner)]);
}

/** The fields of one value that the trials of a probe set to something else. */
function fieldsTried({ target, trials }: Probe): string[] {
  return trials.flatMap(({ value }) => [fieldOf(target.path), ...leavesOf(value, target.path)]);
}

function leavesOf(value: unknown, path: Path): string[] {
  if (Array.isArray(value)) {
    return [fieldOf(path), ...value.flatMap((item: unknown, index) => leavesOf(item, [...path, index]))];
  }
  if (typeof value !== "object" || value === null) return [fieldOf(path)];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => leavesOf(inner, [...path, key]));
}

/** Every field that is no mapping and no list of them, as `windows.accounts[].name`. */
function schemaFields(): string[] {
  const below = (schema: Target["schema"], path: Path): string[] => {
    const members = membersOf(schema);
    if (members !== undefined) return members.flatMap(([name, member]) => below(member, [...path, name]));
    const item = itemOf(schema);
    return item !== undefined && membersOf(item) !== undefined ? below(item, [...path, 0]) : [fieldOf(path)];
  };
  return below(specSchema, []).filter((field) => field !== "$schema");
}
