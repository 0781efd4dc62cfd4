import type { Family } from "./release.ts";

/**
 * The first generation whose media have a time zone; undefined for those that 7 has already. Zones of 2015 and later count
 * as Windows 10's: media of 8.1 were made until 2014 (A89). Updates bring them to older releases, and Setup runs before any.
 */
export function firstFamilyWith(timeZone: string): Family | undefined {
  if (since81.has(timeZone)) return "8.1";
  return since10.has(timeZone) ? "10" : undefined;
}

const since81: ReadonlySet<string> = new Set([
  "Bahia Standard Time",
  "Kaliningrad Standard Time",
  "Libya Standard Time",
]);

const since10: ReadonlySet<string> = new Set([
  "Aleutian Standard Time",
  "Altai Standard Time",
  "Astrakhan Standard Time",
  "Aus Central W. Standard Time",
  "Bougainville Standard Time",
  "Chatham Islands Standard Time",
  "Cuba Standard Time",
  "Easter Island Standard Time",
  "Eastern Standard Time (Mexico)",
  "Haiti Standard Time",
  "Lord Howe Standard Time",
  "Magallanes Standard Time",
  "Marquesas Standard Time",
  "Norfolk Standard Time",
  "North Korea Standard Time",
  "Omsk Standard Time",
  "Qyzylorda Standard Time",
  "Saint Pierre Standard Time",
  "Sakhalin Standard Time",
  "Sao Tome Standard Time",
  "Saratov Standard Time",
  "South Sudan Standard Time",
  "Sudan Standard Time",
  "Tocantins Standard Time",
  "Tomsk Standard Time",
  "Transbaikal Standard Time",
  "Turks And Caicos Standard Time",
  "UTC+13",
  "UTC-08",
  "UTC-09",
  "Volgograd Standard Time",
  "W. Mongolia Standard Time",
  "West Bank Standard Time",
  "Yukon Standard Time",
]);
