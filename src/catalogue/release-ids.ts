/** Releases that specs may name; releases.ts has the data of each. */
export const releaseIds = [
  "windows-10-22h2",
  "windows-10-ltsc-2019",
  "windows-10-ltsc-2021",
  "windows-11-23h2",
  "windows-11-24h2",
  "windows-11-25h2",
  "windows-11-ltsc-2024",
] as const;
export type ReleaseId = (typeof releaseIds)[number];
