import { findLocale, knownLocales } from "./locales.ts";

/** A keyboard as an answer file names it: a language and a layout. */
export interface Keyboard {
  /** Four hexadecimal digits, such as `0407`. */
  readonly language: string;
  /** Eight hexadecimal digits, such as `00000407`. */
  readonly layout: string;
  /** The layout's name in English. */
  readonly name: string;
}

/**
 * The keyboard that a pair such as `0407:00000407` (in either case) or a locale such as `de-DE` names; undefined where
 * language or layout are unknown. A locale without a language identifier or keyboard of its own names none.
 */
export function findKeyboard(pairOrLocale: string): Keyboard | undefined {
  const [language, layout] = pairOf(pairOrLocale.toLowerCase()) ?? pairOfLocale(pairOrLocale);
  const name = layout === undefined ? undefined : layouts.get(layout);
  if (language === undefined || layout === undefined || name === undefined) return undefined;
  return languages.has(language) ? { language, layout, name } : undefined;
}

function pairOf(text: string): string[] | undefined {
  return /^[0-9a-f]{4}:[0-9a-f]{8}$/.test(text) ? text.split(":") : undefined;
}

function pairOfLocale(name: string): readonly (string | undefined)[] {
  const locale = findLocale(name);
  return [locale?.language ?? undefined, locale?.keyboard ?? undefined];
}

const languages: ReadonlySet<string | null | undefined> = new Set(
  knownLocales.map((name) => findLocale(name)?.language),
);

// Layout and name, sorted by layout: keyboards only, no input method editors. Taken from resource/KeyboardIdentifier.json
// of cschneegans/unattend-generator (commit 3de37dc), MIT licence, Copyright (c) 2024-2025 Christoph Schneegans: see
// unattend-generator.license.txt beside this file.
const table = `
00000401 Arabic (101)
00000402 Bulgarian (Typewriter)
00000404 Chinese (Traditional) - US
00000405 Czech
00000406 Danish
00000407 German
00000408 Greek
00000409 US
0000040a Spanish
0000040b Finnish
0000040c French (Legacy, AZERTY)
0000040d Hebrew
0000040e Hungarian
0000040f Icelandic
00000410 Italian
00000411 Japanese
00000412 Korean
00000413 Dutch
00000414 Norwegian
00000415 Polish (Programmers)
00000416 Portuguese (Brazil ABNT)
00000418 Romanian (Legacy)
00000419 Russian
0000041a Standard
0000041b Slovak
0000041c Albanian
0000041d Swedish
0000041e Thai Kedmanee
0000041f Turkish Q
00000420 Urdu
00000422 Ukrainian
00000423 Belarusian
00000424 Slovenian
00000425 Estonian
00000426 Latvian
00000427 Lithuanian IBM
00000428 Tajik
00000429 Persian
0000042a Vietnamese
0000042b Armenian Eastern (Legacy)
0000042c Azerbaijani Latin
0000042e Sorbian Standard (Legacy)
0000042f Macedonian (North Macedonia)
00000432 Setswana
00000437 Georgian (Legacy)
00000438 Faeroese
00000439 Devanagari - INSCRIPT
0000043a Maltese 47-Key
0000043b Norwegian with Sami
0000043f Kazakh
00000440 Kyrgyz Cyrillic
00000442 Turkmen
00000444 Tatar (Legacy)
00000445 Bangla
00000446 Punjabi
00000447 Gujarati
00000448 Odia
00000449 Tamil
0000044a Telugu
0000044b Kannada
0000044c Malayalam
0000044d Assamese - INSCRIPT
0000044e Marathi
00000450 Mongolian Cyrillic
00000451 Tibetan (PRC)
00000452 United Kingdom Extended
00000453 Khmer
00000454 Lao
0000045a Syriac
0000045b Sinhala
0000045c Cherokee Nation
00000461 Nepali
00000463 Pashto (Afghanistan)
00000465 Divehi Phonetic
00000468 Hausa
0000046a Yoruba
0000046c Sesotho sa Leboa
0000046d Bashkir
0000046e Luxembourgish
0000046f Greenlandic
00000470 Igbo
00000474 Guarani
00000475 Hawaiian
00000480 Uyghur (Legacy)
00000481 Maori
00000485 Sakha
00000488 Wolof
00000492 Central Kurdish
00000804 Chinese (Simplified) - US
00000807 Swiss German
00000809 United Kingdom
0000080a Latin American
0000080c Belgian French
00000813 Belgian (Period)
00000816 Portuguese
0000081a Serbian (Latin)
0000082c Azerbaijani Cyrillic
0000083b Swedish with Sami
00000843 Uzbek Cyrillic
00000850 Mongolian (Mongolian Script)
0000085d Inuktitut - Latin
0000085f Central Atlas Tamazight
00000c04 Chinese (Traditional, Hong Kong S.A.R.) - US
00000c0c Canadian French (Legacy)
00000c1a Serbian (Cyrillic)
00000c51 Dzongkha
00001004 Chinese (Simplified, Singapore) - US
00001009 Canadian French
0000100c Swiss French
0000105f Tifinagh (Basic)
00001404 Chinese (Traditional, Macao S.A.R.) - US
00001409 NZ Aotearoa
00001809 Irish
0000201a Bosnian (Cyrillic)
00004009 English (India)
00010401 Arabic (102)
00010402 Bulgarian (Latin)
00010405 Czech (QWERTY)
00010407 German (IBM)
00010408 Greek (220)
00010409 United States-Dvorak
0001040a Spanish Variation
0001040c French (Standard, AZERTY)
0001040e Hungarian 101-key
00010410 Italian (142)
00010415 Polish (214)
00010416 Portuguese (Brazil ABNT2)
00010418 Romanian (Standard)
00010419 Russian (Typewriter)
0001041b Slovak (QWERTY)
0001041e Thai Pattachote
0001041f Turkish F
00010426 Latvian (QWERTY)
00010427 Lithuanian
0001042b Armenian Western (Legacy)
0001042c Azerbaijani (Standard)
0001042e Sorbian Extended
0001042f Macedonian (North Macedonia) - Standard
00010437 Georgian (QWERTY)
00010439 Hindi Traditional
0001043a Maltese 48-Key
0001043b Sami Extended Norway
00010444 Tatar
00010445 Bangla - INSCRIPT (Legacy)
00010451 Tibetan (PRC) - Updated
00010453 Khmer (NIDA)
0001045a Syriac Phonetic
0001045b Sinhala - Wij 9
0001045c Cherokee Phonetic
0001045d Inuktitut - Naqittaut
00010465 Divehi Typewriter
00010480 Uyghur
0001080c Belgian (Comma)
0001083b Finnish with Sami
00010850 Traditional Mongolian (Standard)
00010c00 Myanmar (Phonetic order)
00011009 Canadian Multilingual Standard
0001105f Tifinagh (Extended)
00011809 Scottish Gaelic
00020401 Arabic (102) AZERTY
00020402 Bulgarian (Phonetic)
00020405 Czech Programmers
00020407 German Extended (E1)
00020408 Greek (319)
00020409 United States-International
0002040c French (Standard, BÉPO)
0002040d Hebrew (Standard)
00020418 Romanian (Programmers)
00020419 Russian - Mnemonic
0002041e Thai Kedmanee (non-ShiftLock)
00020422 Ukrainian (Enhanced)
00020426 Latvian (Standard)
00020427 Lithuanian Standard
0002042b Armenian Phonetic
0002042e Sorbian Standard
00020437 Georgian (Ergonomic)
00020445 Bangla - INSCRIPT
00020449 Tamil 99
0002083b Sami Extended Finland-Sweden
00020c00 New Tai Lue
00030402 Bulgarian
00030407 German Extended (E2)
00030408 Greek (220) Latin
00030409 United States-Dvorak for left hand
0003040d Hebrew (Standard, 2018)
0003041e Thai Pattachote (non-ShiftLock)
0003042b Armenian Typewriter
00030437 Georgian (MES)
00030449 Tamil Anjal
00030c00 Tai Le
00040402 Bulgarian (Phonetic Traditional)
00040408 Greek (319) Latin
00040409 United States-Dvorak for right hand
00040437 Georgian (Old Alphabets)
00040c00 Ogham
00050408 Greek Latin
00050409 US English Table for IBM Arabic 238_L
00050429 Persian (Standard)
00060408 Greek Polytonic
00060409 Colemak
00070c00 Lisu (Basic)
00080c00 Lisu (Standard)
00090c00 N’Ko
000a0c00 Phags-pa
000b0c00 Buginese
000c0c00 Gothic
000d0c00 Ol Chiki
000e0c00 Osmanya
000f0c00 Old Italic
00100c00 Sora
00110c00 Javanese
00120c00 Futhark
00130c00 Myanmar (Visual order)
00140c00 ADLaM
00150c00 Osage
`;

const layouts: ReadonlyMap<string, string> = new Map(
  table
    .trim()
    .split("\n")
    .map((line) => [line.slice(0, 8), line.slice(9)]),
);

/** Identifiers of all layouts, sorted. */
export const knownLayouts: readonly string[] = [...layouts.keys()];
