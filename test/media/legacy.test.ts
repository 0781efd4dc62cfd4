import assert from "node:assert/strict";
import { test } from "node:test";
import { identifyLegacy } from "../../src/media/legacy.ts";

for (const [marker, name, architecture, build] of [
  ["WIN51IP", "Windows XP Professional", "x86", 2600],
  ["win51ic", "Windows XP Home", "x86", 2600],
  ["WIN51AP", "Windows XP Professional x64", "amd64", 3790],
  ["WIN51IS", "Windows Server 2003 Standard", "x86", 3790],
  ["WIN51AA", "Windows Server 2003 Enterprise x64", "amd64", 3790],
] as const) {
  test(`a medium with ${marker} is ${name}`, () => {
    const found = identifyLegacy(["I386/TXTSETUP.SIF", "WIN51", `${marker}.SP2`, marker]);
    assert.equal(found?.image.name, name);
    assert.equal(found.image.architecture, architecture);
    assert.equal(found.image.build, build);
    assert.equal(found.installFile, "I386/TXTSETUP.SIF");
  });
}

for (const [title, paths] of [
  ["no files", []],
  ["Windows 2000, which has other markers", ["I386/TXTSETUP.SIF", "CDROM_NT.5"]],
  ["markers without Setup", ["WIN51", "WIN51IP"]],
  ["Setup without markers", ["I386/TXTSETUP.SIF", "WIN51"]],
] as const) {
  test(`${title} is no medium that casement knows`, () => {
    assert.equal(identifyLegacy(paths), undefined);
  });
}
