import assert from "node:assert/strict";
import { test } from "node:test";
import { releaseIds } from "../../src/catalogue/release-ids.ts";
import { checkSpec } from "../../src/spec/check.ts";
import { showPath } from "../../src/spec/show.ts";
import { hostileStrings } from "../text/hostile.ts";
import { textFields, withValue } from "./documents.ts";
import { faultsOf } from "./faults.ts";

const sha256 = "0".repeat(64);
const minimal = { name: "hello", windows: { release: "windows-10-22h2" } };

test("a name and a release are enough", () => {
  const checked = checkSpec(minimal);
  assert.deepEqual(checked.faults, []);
  assert.ok("spec" in checked);
  assert.equal(checked.spec.windows.language, "en-US");
});

test("five faults are reported as five, each with its path, its value and what is allowed", () => {
  const faults = faultsOf({
    name: "Hello World",
    windows: { release: "windows-10-21h2", edtion: "Pro" },
    hardware: { memoryMiB: "4 GB", vcpus: 0 },
  });
  assert.deepEqual(faults, [
    `name: has to be 1 to 50 lower-case letters, digits and dashes, with a letter first and no dash last, got "Hello World"`,
    `windows.release: is not one of the allowed values, got "windows-10-21h2"; allowed: ${releaseIds.join(", ")} (Did you mean windows-10-22h2?)`,
    `windows.edtion: is not a field that casement knows, got "Pro"; allowed here: release, architecture, edition, image, productKey, language, locale, timeZone, computerName, fullName, organization, administrator, accounts, disk, drivers, behaviour, desktop, requirementBypass, networkBypass, commands, files, extraSettings, iso, evaluationExpires (Did you mean edition?)`,
    "hardware.vcpus: has to be at least 1, got 0",
    `hardware.memoryMiB: has to be a number, got "4 GB"`,
  ]);
});

test("faults between fields are reported beside faults of single fields", () => {
  const faults = faultsOf({
    ...minimal,
    hardware: { vcpus: 0, memoryMiB: 512 },
    snapshot: { quiet: { seconds: 100, capMinutes: 1 } },
  });
  assert.deepEqual(
    faults.map((fault) => fault.split(":")[0]),
    ["hardware.vcpus", "hardware.memoryMiB", "snapshot.quiet.seconds"],
  );
});

test("without a known release the faults that do not depend on it are still reported", () => {
  const faults = faultsOf({ name: "a", windows: {}, account: { user: "Administrator" } });
  assert.equal(faults.length, 2);
  assert.match(faults[0] ?? "", /^windows\.release: is required and missing; allowed: windows-xp,/);
  assert.match(faults[1] ?? "", /^account\.user: is a name that Windows, sshd or the controller uses itself/);
});

const rows: readonly { title: string; change: object; fault: RegExp }[] = [
  {
    title: "more minutes than a timer can wait for",
    change: { run: { timeoutMinutes: 2 ** 31 / 60_000 } },
    fault: /^run\.timeoutMinutes: has to be at most 35000, got 35791\.39/,
  },
  {
    title: "an ISO's address that anybody on the way could answer",
    change: {
      windows: { ...minimal.windows, iso: { name: "a.iso", sha256, url: "http://a.example/a.iso" } },
    },
    fault: /^windows\.iso\.url: has to be an address of a file that begins with https:\/\/, got "http:/,
  },
  {
    title: "an ISO's address without a hash",
    change: { windows: { ...minimal.windows, iso: { name: "a.iso", url: "https://a.example/a.iso" } } },
    fault: /^windows\.iso\.sha256: is required and missing/,
  },
  {
    title: "an ISO that no cache's filter would know",
    change: { windows: { ...minimal.windows, iso: { name: "windows", sha256 } } },
    fault: /^windows\.iso\.name: has to be a file name .* that ends in \.iso .*, got "windows"/,
  },
  {
    title: "an edition that the release does not have",
    change: { windows: { release: "windows-10-ltsc-2021", edition: "Enterprise LTCS" } },
    fault:
      /^windows\.edition: is not an edition of Windows 10 LTSC 2021, got "Enterprise LTCS"; allowed: .*Did you mean Enterprise LTSC\?/,
  },
  {
    title: "an image by index and by name",
    change: { windows: { release: "windows-10-22h2", image: { index: 1, name: "x" } } },
    fault: /^windows\.image: has to hold either index or name/,
  },
  {
    title: "an image by neither",
    change: { windows: { release: "windows-10-22h2", image: {} } },
    fault: /^windows\.image: has to hold either index or name, got {}/,
  },
  {
    title: "a key for an evaluation edition",
    change: {
      windows: {
        release: "windows-10-22h2",
        edition: "Enterprise Evaluation",
        productKey: "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE",
      },
    },
    fault: /^windows\.productKey: Enterprise Evaluation takes no key/,
  },
  {
    title: "an expiry of an edition that does not expire",
    change: { windows: { release: "windows-10-22h2", evaluationExpires: "2027-01-01" } },
    fault: /^windows\.evaluationExpires: Pro is not an evaluation edition/,
  },
  {
    title: "a day that does not exist",
    change: {
      windows: {
        release: "windows-10-22h2",
        edition: "Enterprise Evaluation",
        evaluationExpires: "2027-02-30",
      },
    },
    fault: /^windows\.evaluationExpires: has to be a real day, got "2027-02-30"/,
  },
  {
    title: "UEFI on i440fx",
    change: { hardware: { firmware: "uefi", machineType: "pc-i440fx-10.0" } },
    fault: /^hardware\.machineType: firmware uefi needs pc-q35-VERSION, got "pc-i440fx-10\.0"/,
  },
  {
    title: "a machine type without a version",
    change: { hardware: { machineType: "q35" } },
    fault: /^hardware\.machineType: has to be pc-i440fx-VERSION, pc-q35-VERSION or virt-VERSION, got "q35"/,
  },
  {
    title: "IDE on q35",
    change: { hardware: { firmware: "uefi", diskBus: "ide" } },
    fault: /^hardware\.diskBus: machine type pc-q35 has no IDE, got ide; allowed: ahci/,
  },
  {
    title: "a PCI Express adapter on i440fx",
    change: { hardware: { nic: "e1000e" } },
    fault: /^hardware\.nic: machine type pc-i440fx has no PCI Express, got e1000e; allowed: e1000/,
  },
  {
    title: "too little memory",
    change: { hardware: { memoryMiB: 512 } },
    fault: /^hardware\.memoryMiB: has to be at least 2048 for Windows 10 22H2, got 512/,
  },
  {
    title: "too small a disk",
    change: { hardware: { diskGiB: 10 } },
    fault: /^hardware\.diskGiB: has to be at least 32 for Windows 10 22H2, got 10/,
  },
  {
    title: "a user named like the computer",
    change: { windows: { release: "windows-10-22h2", computerName: "Build" }, account: { user: "build" } },
    fault: /^account\.user: Windows refuses a user named like the computer, got "build"/,
  },
  {
    title: "a user that the controller has",
    change: { account: { user: "root" } },
    fault: /^account\.user: is a name that Windows, sshd or the controller uses itself, got "root"/,
  },
  {
    title: "a user named like a device",
    change: { account: { user: "Con.x" } },
    fault: /^account\.user: is a name that Windows, .* got "Con\.x"/,
  },
  {
    title: "no progress for longer than the deadline",
    change: { image: { noProgressMinutes: 10, deadlineMinutes: 5 } },
    fault: /^image\.noProgressMinutes: has to be at most image\.deadlineMinutes \(5\), got 10/,
  },
  {
    title: "an option smuggled into a CPU flag",
    change: { hardware: { cpu: { flags: ["+aes,enforce=off"] } } },
    fault: /^hardware\.cpu\.flags\[0\]: has to be \+FLAG, -FLAG, FLAG or FLAG=VALUE, got "\+aes,enforce=off"/,
  },
  {
    title: "a Hyper-V flag under emulation",
    change: { hardware: { accelerator: "tcg", cpu: { flags: ["+aes", "hv-time"] } } },
    fault:
      /^hardware\.cpu\.flags\[1\]: Hyper-V's enlightenments exist under kvm only, got "hv-time" \(Remove it/,
  },
  {
    title: "a list for a mapping",
    change: { hardware: [] },
    fault: /^hardware: has to be a mapping, got \[\]/,
  },
  {
    title: "a number for text",
    change: { name: 5 },
    fault: /^name: has to be text, got 5 \(In YAML, put it in quotes/,
  },
  {
    title: "a number that is not whole",
    change: { hardware: { vcpus: 1.5 } },
    fault: /^hardware\.vcpus: has to be a whole number, got 1\.5/,
  },
  {
    title: "a function in a spec in TypeScript",
    change: { name: () => "x" },
    fault: /^name: has to be text, got a function/,
  },
];

for (const row of rows) {
  test(`${row.title} is refused`, () => {
    const faults = faultsOf({ ...minimal, ...row.change });
    assert.equal(faults.length, 1, faults.join("\n"));
    assert.match(faults[0] ?? "", row.fault);
  });
}

test("a document that is no mapping is refused", () => {
  for (const document of [undefined, null, [], "text", 5]) {
    assert.equal(faultsOf(document).length, 1);
  }
});

test("keys that JavaScript treats specially are unknown fields and nothing more", () => {
  const document: unknown = JSON.parse(
    '{"__proto__": {"x": 1}, "constructor": 1, "name": "a", "windows": {"release": "windows-10-22h2"}}',
  );
  const places = faultsOf(document).map((fault) => fault.split(":")[0]);
  assert.deepEqual(new Set(places), new Set(["__proto__", "constructor"]));
});

test("a hostile string in any text field is taken or refused by that field's name, and nothing else happens", () => {
  assert.ok(textFields().length >= 39);
  for (const path of textFields()) {
    for (const text of hostileStrings) {
      const faults = checkSpec(withValue(minimal, path, text)).faults;
      const places = faults.map((fault) => showPath(fault.path));
      const parent = showPath(path.slice(0, -1));
      for (const place of places)
        assert.ok(place.startsWith(showPath(path)) || place.startsWith(parent), place);
      for (const fault of faults) assert.ok(fault.message.length < 4000);
    }
  }
});
