import { at, element } from "../mutable-document.ts";
import {
  add,
  command,
  create,
  first,
  installTo,
  locale,
  logon,
  machine,
  metaData,
  modify,
  mutation,
  pe,
  peCommand,
  remove,
  set,
  shell,
  tcpip,
  type Mutation,
} from "./mutation.ts";

/** Plain values: types, limits, forms. */
export const values: readonly Mutation[] = [
  mutation(
    "a wrong ProtectYourPC",
    set(`${shell}/OOBE/ProtectYourPC`, "0"),
    /ProtectYourPC: allowed: 1, 2, 3, got "0"/,
  ),
  mutation(
    "a wrong NetworkLocation",
    set(`${shell}/OOBE/NetworkLocation`, "Public"),
    /NetworkLocation: allowed: Home, Work, Other/,
  ),
  mutation(
    "a wrong partition type",
    set(`${create}/Type`, "Swap"),
    /CreatePartition\/Type: allowed: Primary/,
  ),
  mutation(
    "a wrong format",
    set(`${modify}/Format`, "ext4"),
    /ModifyPartition\/Format: allowed: NTFS, FAT32/,
  ),
  mutation(
    "a wrong WillShowUI",
    set(`${pe}/DiskConfiguration/WillShowUI`, "Sometimes"),
    /WillShowUI: allowed: Always, OnError, Never/,
  ),
  mutation(
    "a page that is always shown",
    set(`${pe}/UserData/ProductKey/WillShowUI`, "Always"),
    /ProductKey\/WillShowUI: Setup would show the page/,
  ),
  mutation(
    "a wrong boolean",
    set(`${logon}/Enabled`, "1"),
    /AutoLogon\/Enabled: allowed: true, false, got "1"/,
  ),
  mutation("a number that is none", set(`${installTo}/DiskID`, "first"), /InstallTo\/DiskID: a whole number/),
  mutation(
    "an Order out of range",
    set(`${command}/Order`, "501"),
    /Order: a whole number from 1 to 500, got 501/,
  ),
  mutation("an Order of 0", set(`${first}/Order`, "0"), /Order: a whole number from 1 to 500, got 0/),
  mutation(
    "an over-long Path in specialize",
    set(`${command}/Path`, "x".repeat(260)),
    /^specialize\/.*Path: at most 259 characters, got 260/,
  ),
  mutation(
    "an over-long Path in windowsPE",
    set(`${peCommand}/Path`, "x".repeat(260)),
    /^windowsPE\/.*Path: at most 259 characters, got 260/,
  ),
  mutation(
    "an over-long CommandLine",
    set(`${first}/CommandLine`, "x".repeat(1025)),
    /CommandLine: at most 1024 characters, got 1025/,
  ),
  mutation(
    "an over-long Description of a command",
    add(command, element("Description", "x".repeat(260))),
    /Description: at most 259 characters, got 260/,
  ),
  mutation(
    "an over-long Description of the first logon",
    set(`${first}/Description`, "x".repeat(257)),
    /Description: at most 256 characters, got 257/,
  ),
  mutation(
    "an over-long owner",
    set(`${pe}/UserData/FullName`, "x".repeat(64)),
    /FullName: at most 63 characters, got 64/,
  ),
  mutation("an empty element", set(`${pe}/UserData/FullName`, ""), /FullName: an empty element/),
  mutation("an element of white space", set(`${peCommand}/Path`, "  "), /Path: an empty element/),
  mutation("an empty group", remove(`${shell}/OOBE/HideEULAPage`), /OOBE\/HideEULAPage: missing/),
  mutation(
    "a group without settings",
    (document) => {
      at(document, `${shell}/UserAccounts/LocalAccounts`).children = [];
    },
    /UserAccounts\/LocalAccounts: an empty element/,
  ),
  mutation("text beside settings", set(`${shell}/OOBE`, "hello"), /OOBE: text beside settings, got "hello"/),
  mutation(
    "text beside components",
    set("specialize", "hello"),
    /^settings\[specialize\]: text beside components/,
  ),
  mutation(
    "a setting in a plain value",
    add(`${machine}/TimeZone`, element("Name", "UTC")),
    /TimeZone\/Name: a setting inside a plain value/,
  ),
  mutation(
    "a time zone that is none",
    set(`${machine}/TimeZone`, "Europe/Berlin"),
    /TimeZone: not a time zone/,
  ),
  mutation(
    "a computer name that is too long",
    set(`${machine}/ComputerName`, "X".repeat(16)),
    /ComputerName: at most 15 characters, got 16/,
  ),
  mutation(
    "a computer name with a space",
    set(`${machine}/ComputerName`, "MY PC"),
    /ComputerName: no white space/,
  ),
  mutation(
    "a computer name of digits",
    set(`${machine}/ComputerName`, "2025"),
    /ComputerName: not only digits/,
  ),
  mutation(
    "a keyboard that is none",
    set(`${locale}/InputLocale`, "0409:409"),
    /InputLocale: has to be languages or such as 0409:00000409/,
  ),
  mutation(
    "a keyboard without a language",
    set("oobeSystem/Microsoft-Windows-International-Core/InputLocale", "en-US;;de-DE"),
    /International-Core\/InputLocale: has to be languages/,
  ),
  mutation(
    "a language that is none",
    set(`${locale}/UILanguage`, "English"),
    /UILanguage: has to be a language such as en-US/,
  ),
  mutation(
    "a product key that is none",
    set(`${pe}/UserData/ProductKey/Key`, "ABCDE-12345"),
    /ProductKey\/Key: has to be five groups/,
  ),
  mutation(
    "an address without a prefix",
    set(`${tcpip}/UnicastIpAddresses/IpAddress`, "192.168.0.1"),
    /IpAddress: has to be an address with its prefix/,
  ),
  mutation(
    "a way to name images that is none",
    set(`${metaData}/Key`, "/IMAGE/TITLE"),
    /MetaData\/Key: has to be \/IMAGE\/INDEX/,
  ),
];
