import assert from "node:assert/strict";
import { test } from "node:test";
import { releases } from "../../src/catalogue/releases.ts";
import { checkSpec } from "../../src/spec/check.ts";
import { showPath } from "../../src/spec/show.ts";

/** The faults at or below a path. */
function faultsAt(path: string, document: object): string[] {
  return checkSpec({ name: "a", windows: { release: "windows-10-22h2" }, ...document })
    .faults.filter((fault) => showPath(fault.path) === path)
    .map(({ message, hint }) => `${message}${hint === undefined ? "" : ` (${hint})`}`);
}

const old = releases.filter(({ build }) => build < 17_763);
const young = releases.filter(({ build }) => build >= 17_763);

for (const { id } of old) {
  test(`access: openssh is refused for ${id}, with the way out`, () => {
    const [fault = "", ...more] = faultsAt("access", { access: "openssh", windows: { release: id } });
    assert.match(fault, /is too old for it, got "openssh"; allowed: cygwin \(openssh needs Windows 10 1809/);
    assert.deepEqual(more, []);
  });
}

for (const { id } of young) {
  test(`access: openssh is taken for ${id}`, () => {
    assert.deepEqual(faultsAt("access", { access: "openssh", windows: { release: id } }), []);
  });
}

test("packages of Cygwin are refused where there is no Cygwin", () => {
  const document = { access: "openssh", cygwin: { packages: ["wget"] } };
  const [fault = ""] = faultsAt("cygwin.packages", document);
  assert.match(fault, /no Cygwin with access: openssh, got 1 package \(Leave the packages out, or set/);
  assert.deepEqual(faultsAt("cygwin.packages", { ...document, access: "cygwin" }), []);
});

test("the host's clock is refused where no program can set it", () => {
  const [fault = ""] = faultsAt("run.clock", { access: "openssh", run: { clock: "host" } });
  assert.match(fault, /got "host"; allowed: snapshot \(Set access: cygwin/);
  assert.deepEqual(faultsAt("run.clock", { run: { clock: "host" } }), []);
});

test("another way in is refused with those that there are", () => {
  assert.match(faultsAt("access", { access: "winrm" })[0] ?? "", /cygwin.*openssh/);
});
