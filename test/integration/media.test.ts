import assert from "node:assert/strict";
import { copyFile, mkdir, open, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { findWim, readIso } from "../../src/media/find-wim.ts";
import { inspectMedium } from "../../src/media/inspect.ts";
import { run } from "../../src/process/run.ts";
import { runCli } from "../cli/run-cli.ts";
import { makeTempFolder, type TempFolder } from "../support/temp-folder.ts";
import { makePlainIso, makeUdfIso, makeWim, skipWithoutMediaTools } from "./media/build-media.ts";

const pro = { name: "Windows 11 Pro", editionId: "Professional" };
const home = { name: "Windows 11 Home", editionId: "Core", languages: ["en-US", "de-DE"] };
const sevenZip = "7zz";

suite("inspection of real ISOs", { skip: skipWithoutMediaTools }, () => {
  let temp: TempFolder;
  /** A folder to make an ISO of, with install.wim and ei.cfg in sources. */
  let tree = "";
  let udf = "";
  const at = (name: string): string => join(temp.path, name);

  before(async () => {
    temp = await makeTempFolder();
    tree = at("tree");
    await makeWim(join(tree, "sources/boot.wim"), [
      { name: "Microsoft Windows Setup (x64)", editionId: "WindowsPE" },
    ]);
    await makeWim(at("install.wim"), [home, pro]);
    await copyFile(at("install.wim"), join(tree, "sources/install.wim"));
    await writeFile(join(tree, "sources/ei.cfg"), "[Channel]\r\nRetail\r\n");
    await writeFile(join(tree, "setup.exe"), "MZ");
    udf = await makeUdfIso(tree, at("udf.iso"));
  });
  after(() => temp[Symbol.asyncDispose]());

  test("UDF and ISO 9660 give the same images, in index order, and not those of boot.wim", async () => {
    const plain = await inspectMedium(await makePlainIso(tree, at("plain.iso")), sevenZip);
    const found = await inspectMedium(udf, sevenZip);
    assert.deepEqual({ ...plain, label: found.label }, found);
    assert.equal(found.installFile, "sources/install.wim");
    assert.equal(found.channel, "Retail");
    assert.deepEqual(
      found.images.map(({ index, name, languages }) => [index, name, languages]),
      [
        [1, "Windows 11 Home", ["en-US", "de-DE"]],
        [2, "Windows 11 Pro", ["en-US"]],
      ],
    );
  });

  test("UDF alone is enough: ISO 9660 on Microsoft's media holds one text file", async () => {
    const copy = at("udf-only.iso");
    await copyFile(udf, copy);
    await using file = await open(copy, "r+");
    // The root directory of ISO 9660 becomes empty, Joliet's too.
    await file.write(Buffer.alloc(34), 0, 34, 16 * 2048 + 156);
    assert.equal((await inspectMedium(copy, sevenZip)).images.length, 2);
  });

  test("a WIM that cannot be found in place is unpacked as far as its description", async () => {
    // A file with the WIM's header comes first, and what stands behind it is no description.
    const decoy = at("decoy");
    await mkdir(join(decoy, "a"), { recursive: true });
    await mkdir(join(decoy, "sources"), { recursive: true });
    const wim = await readFile(at("install.wim"));
    await writeFile(join(decoy, "sources/install.wim"), wim);
    await writeFile(
      join(decoy, "a/decoy.bin"),
      Buffer.concat([wim.subarray(0, 208), Buffer.alloc(wim.length)]),
    );
    const iso = await makePlainIso(decoy, at("decoy.iso"));
    const start = await findWim(iso, wim.subarray(0, 208));
    assert.ok(
      start !== undefined && !(await readIso(iso, start, wim.length)).equals(wim),
      "the decoy comes first",
    );
    assert.equal((await inspectMedium(iso, sevenZip)).images.length, 2);
  });

  test("an ESD, and a WIM in parts, are read as well", async () => {
    await makeWim(at("esd/sources/install.esd"), [home, pro]);
    const esd = await inspectMedium(await makeUdfIso(at("esd"), at("esd.iso")), sevenZip);
    assert.deepEqual([esd.format, esd.images.length], ["esd", 2]);
    await mkdir(at("swm/sources"), { recursive: true });
    await run({
      file: "wimlib-imagex",
      args: ["split", at("install.wim"), at("swm/sources/install.swm"), "1"],
    });
    const swm = await inspectMedium(await makeUdfIso(at("swm"), at("swm.iso")), sevenZip);
    assert.deepEqual([swm.format, swm.images.length], ["swm", 2]);
  });

  test("Windows XP is known by its marker files", async () => {
    await mkdir(at("xp/I386"), { recursive: true });
    for (const name of ["I386/TXTSETUP.SIF", "WIN51", "WIN51IP", "WIN51IP.SP3"])
      await writeFile(at(`xp/${name}`), "");
    const found = await inspectMedium(await makePlainIso(at("xp"), at("xp.iso")), sevenZip);
    assert.deepEqual([found.format, found.images[0].name], ["i386", "Windows XP Professional"]);
  });

  test("media that cannot be installed from are refused by what they are", async () => {
    await mkdir(at("drivers/NetKVM"), { recursive: true });
    await writeFile(at("drivers/NetKVM/netkvm.inf"), "");
    const drivers = await makePlainIso(at("drivers"), at("drivers.iso"));
    await assert.rejects(
      inspectMedium(drivers, sevenZip),
      /is no Windows install medium: .*; it has "NetKVM"/,
    );

    for (const folder of ["x86", "x64"]) {
      await mkdir(at(`both/${folder}/sources`), { recursive: true });
      await copyFile(at("install.wim"), at(`both/${folder}/sources/install.esd`));
    }
    const both = await makePlainIso(at("both"), at("both.iso"));
    await assert.rejects(
      inspectMedium(both, sevenZip),
      /is two media in one: x64\/sources\/install\.esd, x86\//,
    );

    await mkdir(at("broken/sources"), { recursive: true });
    await writeFile(at("broken/sources/install.wim"), "not a WIM");
    const broken = await makePlainIso(at("broken"), at("broken.iso"));
    await assert.rejects(
      inspectMedium(broken, sevenZip),
      /sources\/install\.wim cannot be read: its header has 9 bytes/,
    );

    await writeFile(at("broken/sources/install.wim"), (await readFile(at("install.wim"))).subarray(0, 1000));
    const cut = await makePlainIso(at("broken"), at("cut.iso"));
    await assert.rejects(
      inspectMedium(cut, sevenZip),
      /its description ends at \d+, and the file has 1000 bytes/,
    );
  });

  test("an ISO that ends too soon is refused, by its own size or by 7-Zip", async () => {
    const short = at("short.iso");
    await copyFile(udf, short);
    const { size } = await stat(short);
    await truncate(short, size - 400_000);
    await assert.rejects(inspectMedium(short, sevenZip), /ends too soon: it has \d+ bytes of the \d+ that/);
    // On Microsoft's media ISO 9660's size may be that of its own few sectors.
    await using file = await open(short, "r+");
    await file.write(Buffer.from([100, 0, 0, 0]), 0, 4, 16 * 2048 + 80);
    await assert.rejects(inspectMedium(short, sevenZip), /ends too soon/);
  });

  test("the command prints a table or JSON, and compares with a spec", async () => {
    const cli = (...args: string[]): ReturnType<typeof runCli> =>
      runCli(temp.path, ["media", "inspect", ...args], at("cache"));
    const table = cli("udf.iso");
    assert.equal(table.exitCode, 0, table.stderr);
    assert.match(table.stdout, /^2 {6}Windows 11 Pro {3}Pro {6}amd64 {9}en-US /m);
    await writeFile(at("right.yaml"), "name: a\nwindows: { release: windows-11-24h2 }\n");
    const right = cli("udf.iso", "--spec", "right.yaml");
    assert.equal(right.exitCode, 0, right.stderr);
    assert.match(right.stderr, /udf\.iso is what right\.yaml expects/);
    await writeFile(
      at("wrong.yaml"),
      "name: a\nwindows: { release: windows-11-23h2, edition: Education, language: fr-FR }\n",
    );
    const wrong = cli("udf.iso", "--spec", "wrong.yaml", "--json");
    assert.equal(wrong.exitCode, 64);
    assert.match(
      wrong.stderr,
      /udf\.iso: 3 faults\n {2}windows\.image: .*\n.*It has: 1 "Windows 11 Home" \(Home\), 2 /,
    );
    assert.deepEqual(
      [...wrong.stdout.matchAll(/"path": "(?<path>.*)"/g)].map((match) => match.groups?.["path"]),
      ["windows.image", "windows.language", "windows.release"],
    );
    assert.match(wrong.stdout, /"name": "Windows 11 Home",\n/);
  });
});
