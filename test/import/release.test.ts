import assert from "node:assert/strict";
import { test } from "node:test";
import { SpecError } from "../../src/errors.ts";
import type { ImportedImage } from "../../src/import/image.ts";
import { detectRelease } from "../../src/import/release.ts";

const nothing: ImportedImage = { index: undefined, name: undefined, productKey: undefined };
// The public key that consumer media of 10 and 11 share.
const proOf10And11 = "VK7JG-NPHTM-C97JM-9MPGT-3V66T";

const told: readonly {
  readonly title: string;
  readonly image?: Partial<ImportedImage>;
  readonly words: string;
  readonly release: string;
}[] = [
  { title: "a partition's label", words: "<Label>Windows 2019</Label>", release: "windows-server-2019" },
  {
    title: "an image's name, whatever else it says",
    image: { name: "Windows Server 2012 R2 SERVERSTANDARD" },
    words: "Windows 11",
    release: "windows-server-2012-r2",
  },
  {
    title: "the requirement bypass beside a key of two releases",
    image: { productKey: proOf10And11 },
    words: String.raw`reg add HKLM\SYSTEM\Setup\LabConfig /v BypassTPMCheck`,
    release: "windows-11-25h2",
  },
  {
    title: "a key of two releases without the requirement bypass, though with the one for the network",
    image: { productKey: proOf10And11 },
    words: "reg add OOBE /v BypassNRO",
    release: "windows-10-22h2",
  },
];

for (const { title, image, words, release } of told) {
  test(`an answer file tells its Windows by ${title}`, () => {
    const evidence = { image: { ...nothing, ...image }, architecture: "amd64", words } as const;
    assert.equal(detectRelease(evidence, "a.xml", undefined).release.id, release);
  });
}

test("a public key that the catalogue has another of tells release and edition", () => {
  const detect = (productKey: string) =>
    detectRelease(
      { image: { ...nothing, productKey }, architecture: "amd64", words: "" },
      "a.xml",
      undefined,
    );
  const enterprise = detect("XGVPP-NMH47-7TTHJ-W3FW7-8HV2C");
  assert.deepEqual([enterprise.release.id, enterprise.edition.id], ["windows-10-22h2", "Enterprise"]);
  const older = detect("FHQNR-XYXYC-8PMHT-TV4PH-DRQ3H");
  assert.deepEqual([older.release.id, older.edition.id], ["windows-8.1", "Enterprise"]);
});

test("the image that a file's editor had open counts where nothing else tells, and with a doubt", () => {
  const editor = '<cpi:offlineImage cpi:source="wim:c:/install.wim#Windows Server 2016 SERVERSTANDARD"/>';
  const detect = (words: string) =>
    detectRelease({ image: nothing, architecture: "amd64", words }, "a.xml", undefined);
  const alone = detect(editor);
  assert.equal(alone.release.id, "windows-server-2016");
  assert.match(alone.doubt ?? "", /^is named by what the file's editor had open only .*--release chooses/);
  const copied = detect(`<Label>Windows 2022</Label>${editor}`);
  assert.deepEqual([copied.release.id, copied.doubt], ["windows-server-2022", undefined]);
});

const refused: readonly {
  readonly title: string;
  readonly name?: string;
  readonly words?: string;
  readonly wanted?: string;
  readonly message: RegExp;
}[] = [
  {
    title: "an image of a Windows that casement does not know, though its words name another",
    name: "Windows Server 2012 SERVERSTANDARD",
    words: "Windows Server 2008 R2",
    message:
      /installs "Windows Server 2012 SERVERSTANDARD", which is no Windows for arm64 that casement knows/,
  },
  {
    title: "saying nothing",
    message:
      /does not say which Windows for arm64.*\n.*one of windows-11-23h2, windows-11-24h2, windows-11-25h2, windows-11-ltsc-2024$/,
  },
  {
    title: "a release asked for that does not exist on its architecture",
    wanted: "windows-7",
    message:
      /--release: is not what the file is for, got "windows-7": Windows 7 SP1 is not offered for arm64/,
  },
  {
    title: "a release asked for that has no answer file in XML",
    wanted: "windows-xp",
    message: /--release: .*got "windows-xp": Windows XP SP3 has a winnt.sif and no XML/,
  },
];

for (const { title, name, words = "", wanted, message } of refused) {
  test(`an answer file is refused for ${title}`, () => {
    const evidence = { image: { ...nothing, name }, architecture: "arm64", words } as const;
    assert.throws(
      () => detectRelease(evidence, "a.xml", wanted),
      (error) => error instanceof SpecError && message.test(error.message),
    );
  });
}
