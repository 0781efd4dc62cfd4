import assert from "node:assert/strict";
import { test } from "node:test";
import { languages } from "../../src/catalogue/languages.ts";
import { faultsOf, testFaults } from "./faults.ts";

const example =
  "Such as en-US, de-DE or pt-BR; a keyboard also as language and layout, such as 0409:00000409.";

testFaults([
  {
    title: "formats and keyboards of other countries",
    windows: {
      locale: { user: "de-CH", system: "ja-JP", keyboards: ["0807:00000807", "0409:00000409", "de-DE"] },
    },
    faults: [],
  },
  {
    title: "a language that came after the release",
    windows: { release: "windows-7", language: "en-GB" },
    faults: [
      'windows.language: there is no medium of Windows 7 SP1 in it, got "en-GB" (Name the medium\'s own, such as en-US; windows.locale sets formats and keyboards.)',
    ],
  },
  {
    title: "a time zone that came after the release",
    windows: { release: "windows-server-2012-r2", timeZone: "Omsk Standard Time" },
    faults: [
      'windows.timeZone: media of Windows Server 2012 R2 are older than this zone, got "Omsk Standard Time" (Take an older one of the same offset here, and tzutil /s after the updates.)',
    ],
  },
  {
    title: "a time zone that came between 7 and 8.1, to 8.1,",
    windows: { release: "windows-8.1", timeZone: "Libya Standard Time" },
    faults: [],
  },
  {
    title: "the same zone to 7",
    windows: { release: "windows-7", timeZone: "Libya Standard Time" },
    faults: [
      'windows.timeZone: media of Windows 7 SP1 are older than this zone, got "Libya Standard Time" (Take an older one of the same offset here, and tzutil /s after the updates.)',
    ],
  },
  {
    title: "a locale that no Windows has",
    windows: { locale: { user: "de-ED", system: "xx-YY" } },
    faults: [
      'windows.locale.user: is not a locale that Windows has, got "de-ED" (Did you mean de-AT?)',
      `windows.locale.system: is not a locale that Windows has, got "xx-YY" (${example})`,
    ],
  },
  {
    title: "a keyboard that no Windows has",
    windows: {
      locale: {
        keyboards: ["0407:00000999", "9999:00000407", "de-ED", "af-NA", "0409:00000409", "0409:00000409"],
      },
    },
    faults: [
      `windows.locale.keyboards[0]: has a layout that Windows does not have, after the colon, got "0407:00000999" (${example})`,
      `windows.locale.keyboards[1]: has a language that Windows does not have, before the colon, got "9999:00000407" (${example})`,
      'windows.locale.keyboards[2]: is not a locale that Windows has, got "de-ED" (Did you mean de-AT?)',
      `windows.locale.keyboards[3]: is a locale without a keyboard of its own, got "af-NA" (${example})`,
      'windows.locale.keyboards[5]: stands in the list twice, got "0409:00000409"',
    ],
  },
]);

test("every language of a medium has a locale and a keyboard by its name, because they are the defaults", () => {
  for (const language of languages) {
    const locale = { user: language, system: language, keyboards: [language] };
    const windows = { release: "windows-10-22h2", language, locale };
    assert.deepEqual(faultsOf({ name: "hello", windows }), []);
  }
});
