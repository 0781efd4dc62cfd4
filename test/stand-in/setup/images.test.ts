import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseImage, familyOf, parseWimInfo } from "../../../src/stand-in/setup/images.ts";

const info = `WIM Information:
----------------
Path:           install.wim
Image Count:    2

Available Images:
-----------------
Index:                  1
Name:                   Windows 10 Home
Description:            Windows 10 Home (stand-in)
Directory Count:        10

Index:                  2
Name:                   Windows 10 Pro
Description:            Windows 10 Pro (stand-in)
`;
const images = parseWimInfo(info);

test("an image is found by index, by name without case, and by description", () => {
  for (const wanted of [
    { key: "/IMAGE/INDEX", value: "2" },
    { key: "/IMAGE/NAME", value: "windows 10 pro" },
    { key: "/IMAGE/DESCRIPTION", value: "Windows 10 Pro (stand-in)" },
  ]) {
    const chosen = chooseImage(images, wanted);
    assert.equal(typeof chosen === "string" ? chosen : chosen.index, 2);
  }
});

test("an image that the WIM does not have is refused with those that it has", () => {
  const has = 'the WIM has 1 "Windows 10 Home", 2 "Windows 10 Pro"';
  assert.equal(
    chooseImage(images, { key: "/IMAGE/NAME", value: "Windows 10 Education" }),
    `no image has /IMAGE/NAME "Windows 10 Education"; ${has}`,
  );
  assert.equal(
    chooseImage(images, { key: "/IMAGE/INDEX", value: "3" }),
    `no image has /IMAGE/INDEX "3"; ${has}`,
  );
  assert.equal(
    chooseImage(images, { key: "", value: "" }),
    `InstallFrom/MetaData names no image (Key ""); ${has}`,
  );
});

test("the image's name tells which release its answer file is for, as far as it does", () => {
  assert.deepEqual(familyOf("Windows 11 Pro"), { family: "11", product: "client" });
  assert.deepEqual(familyOf("Windows 7 PROFESSIONAL"), { family: "7", product: "client" });
  assert.deepEqual(familyOf("Windows Server 2012 R2 SERVERSTANDARD"), { family: "8.1", product: "server" });
  assert.deepEqual(familyOf("Windows Server 2019 SERVERSTANDARD"), { family: "10", product: "server" });
  assert.deepEqual(familyOf("Another System"), {});
});
