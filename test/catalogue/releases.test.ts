import assert from "node:assert/strict";
import { test } from "node:test";
import { languages } from "../../src/catalogue/languages.ts";
import { releaseIds } from "../../src/catalogue/release-ids.ts";
import type { Platform, Release } from "../../src/catalogue/release.ts";
import { findEdition, findPlatform, findRelease, releases } from "../../src/catalogue/releases.ts";
import { timeZones } from "../../src/catalogue/time-zones.ts";

test("every id that a spec may name has its entry, in the same order", () => {
  assert.deepEqual(
    releases.map((release) => release.id),
    releaseIds,
  );
});

for (const release of releases) {
  test(`${release.id} is whole: found by its id, with editions and keys in their form`, () => {
    assert.equal(findRelease(release.id), release);
    assert.ok(release.title.startsWith("Windows "));
    checkEditions(release);
    assert.ok(release.virtioWinFolder === null || /^(w\d|2k)[\dR.k]*$/.test(release.virtioWinFolder));
    assert.equal(release.virtioWinFolder === null, release.family === "xp");
    assert.equal(release.smbProtocol, { xp: "NT1", 7: "SMB2_10" }[release.family as string] ?? "SMB3_00");
    // Bypasses switch off what Windows 11 clients check, and nothing else.
    const checks = release.family === "11" && release.product === "client";
    assert.equal(release.requirementBypass, checks);
    assert.equal(release.networkBypass, checks);
    assert.deepEqual(
      release.wants,
      checks ? { tpm: "2.0", secureBoot: true } : { tpm: null, secureBoot: false },
    );
    assert.equal(release.needsSse42, release.build >= 26100);
    for (const [architecture, reason] of Object.entries(release.notOffered)) {
      assert.ok(release.platforms.every((platform) => platform.architecture !== architecture));
      assert.match(reason, /^[A-Z].*\.$/);
    }
  });

  for (const platform of release.platforms) {
    test(`${release.id} on ${platform.architecture} has hardware that fits it`, () => {
      assert.equal(findPlatform(release, platform.architecture), platform);
      checkSizes(platform);
      checkCpu(release, platform);
      assert.ok(platform.architecture === "amd64" || platform.firmwares.length === 1);
      if (platform.architecture === "x86") assert.deepEqual(platform.firmwares, ["bios"]);
      if (platform.architecture === "arm64") assert.deepEqual(platform.firmwares, ["uefi"]);
      for (const list of [platform.firmwares, platform.diskBuses, platform.nics])
        assert.equal(new Set<string>(list).size, list.length);
      checkCygwin(release, platform);
    });
  }
}

// Microsoft's release information; `media inspect` tells releases apart by it.
const builds = {
  "windows-xp": 2600,
  "windows-server-2003-r2": 3790,
  "windows-7": 7601,
  "windows-server-2008-r2": 7601,
  "windows-8.1": 9600,
  "windows-server-2012-r2": 9600,
  "windows-10-22h2": 19045,
  "windows-10-ltsc-2019": 17763,
  "windows-10-ltsc-2021": 19044,
  "windows-server-2016": 14393,
  "windows-server-2019": 17763,
  "windows-11-23h2": 22631,
  "windows-11-24h2": 26100,
  "windows-11-25h2": 26200,
  "windows-11-ltsc-2024": 26100,
  "windows-server-2022": 20348,
  "windows-server-2025": 26100,
};

test("every release has the build number that Microsoft gives it", () => {
  assert.deepEqual(Object.fromEntries(releases.map(({ id, build }) => [id, build])), builds);
});

test("the first platform is the usual one: amd64, and x86 for what has no other", () => {
  for (const release of releases) {
    const usual = release.family === "xp" ? "x86" : "amd64";
    assert.equal(findPlatform(release, undefined)?.architecture, usual);
    const architectures = release.platforms.map((platform) => platform.architecture);
    assert.equal(new Set(architectures).size, architectures.length);
    if (release.product === "server") assert.equal(architectures.length, 1);
  }
});

test("UEFI is the default for Windows 11, Server 2025 and arm64 only, and unknown to 7 and before", () => {
  for (const release of releases) {
    for (const { architecture, firmwares } of release.platforms) {
      const modern = release.family === "11" && release.id !== "windows-server-2022";
      assert.equal(firmwares[0], modern || architecture === "arm64" ? "uefi" : "bios", release.id);
      if (["xp", "7"].includes(release.family)) assert.deepEqual(firmwares, ["bios"]);
    }
  }
});

test("an edition of a server has an image of its own, with and without a desktop", () => {
  const release = findRelease("windows-server-2022");
  assert.ok(release !== undefined);
  const image = (id: string | undefined): unknown => findEdition(release, id)?.image;
  assert.deepEqual(image(undefined), { kind: "name", name: "Windows Server 2022 SERVERSTANDARD" });
  assert.deepEqual(image("Standard Core"), { kind: "name", name: "Windows Server 2022 SERVERSTANDARDCORE" });
  assert.deepEqual(image("Datacenter Core Evaluation"), {
    kind: "name",
    name: "Windows Server 2022 SERVERDATACENTERCORE",
  });
});

test("an unknown id, architecture or edition finds nothing", () => {
  assert.equal(findRelease("windows-95"), undefined);
  const release = findRelease("windows-7");
  assert.ok(release !== undefined);
  assert.equal(findPlatform(release, "arm64"), undefined);
  assert.equal(findEdition(release, "Starter"), undefined);
});

test("languages and time zones are listed once each", () => {
  assert.equal(new Set(languages).size, 38);
  assert.equal(new Set(timeZones).size, 139);
});

function checkEditions(release: Release): void {
  const ids = release.editions.map((edition) => edition.id);
  assert.equal(new Set(ids).size, ids.length);
  assert.equal(findEdition(release, undefined)?.id, ids[0]);
  for (const { id, image, productKey, evaluation } of release.editions) {
    assert.equal(id.endsWith("Evaluation"), evaluation);
    // An evaluation takes no key, and for XP's media there is no public one.
    assert.equal(productKey === null, evaluation || release.family === "xp", id);
    if (productKey !== null) assert.match(productKey, /^[A-Z0-9]{5}(-[A-Z0-9]{5}){4}$/);
    if (image.kind === "index") assert.ok(image.index === 1 || image.index === 2);
    else assert.match(image.name, /^Windows [\w. ]+$/);
  }
  assert.equal(release.editions[0].evaluation, false);
}

function checkSizes({ architecture, memory, disk, vcpus }: Platform): void {
  assert.ok(memory.minimumMiB >= 64 && memory.minimumMiB <= memory.defaultMiB);
  assert.equal(memory.maximumMiB, architecture === "x86" ? 4096 : null);
  assert.ok(memory.defaultMiB <= (memory.maximumMiB ?? 4096));
  assert.ok(disk.minimumGiB >= 4 && disk.minimumGiB <= disk.defaultGiB && disk.defaultGiB <= 64);
  assert.ok(vcpus.default >= 1 && vcpus.default <= 2);
}

function checkCpu(release: Release, platform: Platform): void {
  const { cpuModels, enlightenments, vmGenerationId } = platform;
  const old = ["xp", "7"].includes(release.family);
  if (platform.architecture === "arm64") {
    assert.equal(cpuModels.kvm, "host");
    assert.doesNotMatch(cpuModels.tcg, /-v\d+$/);
    assert.deepEqual([enlightenments.length, vmGenerationId], [0, false]);
    return;
  }
  // `pc` and unversioned models change with QEMU, and a snapshot then does not revive.
  for (const model of Object.values(cpuModels)) assert.match(model, /-v\d+$/);
  assert.equal(enlightenments.length, { xp: 0, 7: 4 }[release.family as string] ?? 8);
  // QEMU refuses hv-synic without hv-vpindex, and hv-stimer without hv-synic and hv-time.
  if (enlightenments.includes("hv-stimer"))
    for (const needed of ["hv-vpindex", "hv-synic", "hv-time"]) assert.ok(enlightenments.includes(needed));
  assert.equal(vmGenerationId, !old);
}

// The days are the dated archives that public scripts use; `cygsshd` came with OpenSSH 8.0 of 2019.
function checkCygwin(release: Release, { architecture, cygwin }: Platform): void {
  const { lastArchive, sshdService } = cygwin;
  assert.equal(cygwin.architecture, architecture === "x86" ? "x86" : "x86_64");
  assert.equal(sshdService, lastArchive !== null && lastArchive < "2019" ? "sshd" : "cygsshd");
  const expected =
    release.family === "xp"
      ? "2016-08-30"
      : architecture === "x86"
        ? "2022-11-23"
        : release.family === "7"
          ? "2024-01-30"
          : null;
  assert.equal(lastArchive, expected);
}
