/** Releases that specs may name, oldest first; releases.ts has the data of each. */
export const releaseIds = [
  "windows-xp",
  "windows-server-2003-r2",
  "windows-7",
  "windows-server-2008-r2",
  "windows-8.1",
  "windows-server-2012-r2",
  "windows-10-22h2",
  "windows-10-ltsc-2019",
  "windows-10-ltsc-2021",
  "windows-server-2016",
  "windows-server-2019",
  "windows-11-23h2",
  "windows-11-24h2",
  "windows-11-25h2",
  "windows-11-ltsc-2024",
  "windows-server-2022",
  "windows-server-2025",
] as const;
export type ReleaseId = (typeof releaseIds)[number];
