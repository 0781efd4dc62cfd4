import assert from "node:assert/strict";
import { test } from "node:test";
import { type Explanation, explainFile } from "../../src/explain/explain.ts";
import type { Base } from "../../src/explain/probe.ts";
import { showValue } from "../../src/spec/show.ts";
import { documentBase, exampleBase } from "./bases.ts";

const known = new Map<string, Explanation>();
const answer = "media/floppy/Autounattend.xml";
const quieten = "media/bootstrap/casement/quieten.cmd";

// Which fields decide a line, the most particular one first. A line is named by a part of it that no other has.
const rows: readonly {
  readonly example: string;
  readonly path: string;
  readonly lines: Readonly<Record<string, readonly string[]>>;
}[] = [
  {
    example: "hello",
    path: answer,
    lines: {
      "<SystemLocale>en-US</SystemLocale>": ["windows.locale.system", "windows.language"],
      "<Label>System Reserved": ["hardware.firmware", "windows.disk"],
      "<Value>Windows 10 Pro<": ["windows.image", "windows.edition", "windows.release"],
      "<FullName>": ["windows.fullName"],
      NoAutoUpdate: ["windows.behaviour.updates"],
      "<Order>6<": ["windows.behaviour.updates", "windows.behaviour.defender", "windows.release"],
      NewNetworkWindowOff: [],
      "<ComputerName>": ["windows.computerName", "name"],
      "<Identifier>": ["name"],
      "<HideOnlineAccountScreens>": ["windows.release"],
      "<ProtectYourPC>": [],
      "<Username>": ["account.user"],
    },
  },
  {
    example: "hello",
    path: "machine.json",
    lines: {
      '"build":': ["windows.release"],
      '"model": "Westmere-v1"': ["hardware.cpu.model", "windows.architecture"],
      '"flags":': ["hardware.cpu.flags", "hardware.accelerator"],
      '"sizeGiB":': ["hardware.diskGiB"],
      '"mac": "52:54:00:b7': ["name"],
      '"deadlineMinutes":': ["image.deadlineMinutes", "hardware.accelerator"],
      '"seconds": 5': ["snapshot.quiet.seconds"],
      '"iso":': ["windows.iso"],
      '"version": 1': [],
    },
  },
  {
    example: "windows-7",
    path: answer,
    lines: {
      "<EnableLUA>": ["windows.behaviour.uac"],
      "<UserLocale>de-AT</UserLocale>": ["windows.locale.user"],
      "<InputLocale>": ["windows.locale.keyboards[0]", "windows.locale.keyboards[1]"],
      "<SkipAutoActivation>": [],
    },
  },
  {
    example: "windows-server-2022",
    path: quieten,
    lines: {
      "powercfg /hibernate off": ["windows.behaviour.hibernation"],
      fDenyTSConnections: ["windows.behaviour.remoteDesktop"],
      "netsh advfirewall set allprofiles": ["windows.behaviour.firewall", "windows.release"],
      'set "NIC=Ethernet"': ["windows.release"],
      getmac: ["name"],
      "net accounts /maxpwage": [],
    },
  },
  {
    example: "windows-server-2022",
    path: "media/bootstrap/casement/user-commands.cmd",
    lines: { "dism /online": ["windows.commands.firstLogon[0]"], "@echo off": [] },
  },
  {
    example: "windows-server-2022",
    path: answer,
    // Every server has it, whether the spec gives a password or not.
    lines: { "<AdministratorPassword>": ["windows.release"] },
  },
  {
    example: "windows-11-uefi",
    path: "controller/smb.conf",
    lines: { "server min protocol": ["windows.release"], "durable handles": [] },
  },
  {
    example: "windows-11-uefi",
    path: "controller/module.nix",
    lines: { "default = ": ["account.user"], "uid = 1000": [] },
  },
  {
    example: "windows-xp",
    path: "media/floppy/winnt.sif",
    lines: {
      AdminPassword: ["windows.administrator", "account.password"],
      "TimeZone=": ["windows.timeZone"],
      "ProductKey=": ["windows.productKey"],
      "Mode=0": ["windows.behaviour.firewall"],
      UnattendMode: [],
    },
  },
  { example: "hello", path: "default.nix", lines: { "Written by casement": ["name"], "dir = ": [] } },
];

for (const { example, path, lines } of rows) {
  test(`the fields that decide lines of ${path} in examples/${example}`, async () => {
    const explanation = await explainExample(example, path);
    for (const [part, fields] of Object.entries(lines)) {
      const found = explanation.lines.filter(({ text }) => text.includes(part));
      assert.ok(found.length > 0, part);
      for (const { causes } of found.slice(0, 1)) {
        assert.deepEqual(
          causes.map(({ field }) => field),
          fields,
          part,
        );
      }
    }
  });
}

test("a written field and a silent one, each with its default and what that comes to", async () => {
  const { fields } = await explainExample("hello", "machine.json");
  assert.deepEqual(fields.get("hardware.diskGiB"), {
    path: ["hardware", "diskGiB"],
    written: 32,
    standard: { words: "the release's in docs/releases.md", value: 64 },
  });
  assert.deepEqual(fields.get("image.deadlineMinutes")?.standard, {
    words: "180 under kvm, 1080 under tcg",
    value: 1080,
  });
  assert.deepEqual(fields.get("snapshot.quiet.seconds")?.standard, { words: undefined, value: 60 });
  assert.equal(fields.get("windows.iso")?.standard, undefined);
});

test("what another value makes of a line is shown, with the fields that have to change with it", async () => {
  const { lines } = await explainExample("hello", "machine.json");
  const bus = lines.find(({ text }) => text.includes('"bus"'))?.causes[0];
  const shown = bus?.changes.map(
    ({ trial, becomes }) => `${showValue(trial.value)} ${trial.together.join(" ")} ${becomes?.trim()}`,
  );
  assert.deepEqual(shown, [
    '"ahci"  "bus": "ahci",',
    '"virtio" windows.drivers.virtioWin "bus": "virtio",',
    '"scsi" windows.drivers.virtioWin "bus": "scsi",',
  ]);
});

test("a fixed setting has its source, a command its reason, and a line of a script the comment above it", async () => {
  const { lines } = await explainExample("hello", answer);
  const reason = (all: Explanation["lines"], part: string): string | undefined =>
    all.find(({ text }) => text.includes(part))?.reason;
  assert.equal(
    reason(lines, "<ProtectYourPC>"),
    "a fixed setting for clients and servers; source: MS oobe-protectyourpc (src/unattend/fixed-settings.ts)",
  );
  assert.match(
    reason(lines, "<DisableAntiSpyware>") ?? "",
    /^a fixed setting for clients from 8\.1 on up to 10 where windows\.behaviour\.defender is false; source: MS /,
  );
  assert.match(
    reason(lines, "RealTimeIsUniversal") ?? "",
    /^QEMU's clock is UTC.*\(src\/unattend\/commands\.ts\)$/,
  );
  assert.equal(reason(lines, "<ComputerName>"), undefined);
  const script = await explainExample("hello", quieten);
  assert.equal(
    reason(script.lines, "W32Time"),
    "the comment above it: The clock: QEMU's RTC is UTC and stands still while the machine is frozen (A7).",
  );
  assert.equal(reason(script.lines, "The clock:"), undefined);
});

test("the fields that decide whether there is a file at all", async () => {
  const presenceOf = async (path: string): Promise<readonly string[]> =>
    (await explainExample("hello", path)).presence;
  assert.deepEqual(await presenceOf("media/bootstrap/casement/install-cygwin.cmd"), ["access"]);
  assert.deepEqual(await presenceOf(answer), ["windows.architecture", "windows.release"]);
  assert.deepEqual(await presenceOf("machine.json"), []);
});

test("a file of the spec's own is decided by its text, and by where it is put", async () => {
  const windows = { release: "windows-10-22h2", files: [{ path: "a.txt", text: "one\ntwo\n" }] };
  const { lines, presence } = await explain(
    await documentBase({ name: "a", windows }),
    "media/bootstrap/files/a.txt",
  );
  assert.deepEqual(
    lines.map(({ text, causes }) => [text, ...causes.map(({ field }) => field)]),
    [
      ["one", "windows.files[0].text"],
      ["two", "windows.files[0].text"],
    ],
  );
  assert.deepEqual(presence, ["windows.files[0].path"]);
});

test("an extra setting is the spec's, and the rest stays what it was", async () => {
  const extra = {
    component: "Microsoft-Windows-IE-InternetExplorer",
    pass: "specialize",
    path: "Home_Page",
    value: "about:blank",
  };
  const windows = { release: "windows-10-22h2", extraSettings: [extra] };
  const { lines } = await explain(await documentBase({ name: "a", windows }), answer);
  const causes = lines.find(({ text }) => text.includes("<Home_Page>"))?.causes.map(({ field }) => field);
  assert.deepEqual(causes, ["windows.extraSettings[0].value"]);
});

test("fields that bring lines in are named, with the line after which", async () => {
  const { additions, lines } = await explainExample("hello", answer);
  const after = additions.find(({ field }) => field === "windows.commands.specialize")?.after ?? [];
  assert.match(lines[(after[0] ?? 0) - 1]?.text ?? "", /<\/RunSynchronousCommand>/);
});

test("a field of which no other value fits is said to be untried", async () => {
  const { untried } = await explainExample("windows-xp", "machine.json");
  assert.deepEqual(
    untried.map(({ field }) => field),
    ["windows.evaluationExpires"],
  );
});

test("a file that the spec does not generate has no explanation", async () => {
  assert.equal(await explainFile(await exampleBase("windows-xp"), answer), undefined);
});

async function explain(base: Base, path: string): Promise<Explanation> {
  const explanation = await explainFile(base, path);
  assert.ok(explanation !== undefined, path);
  return explanation;
}

/** The same of an example, once for all tests. */
async function explainExample(name: string, path: string): Promise<Explanation> {
  const key = `${name} ${path}`;
  const explanation = known.get(key) ?? (await explain(await exampleBase(name), path));
  known.set(key, explanation);
  return explanation;
}
