import type { Architecture, Edition, Platform, Release } from "./release.ts";
import { windows10 } from "./releases/windows-10.ts";
import { windows11 } from "./releases/windows-11.ts";
import { windows7 } from "./releases/windows-7.ts";
import { windows8 } from "./releases/windows-8.ts";
import { windowsXp } from "./releases/windows-xp.ts";

/** All releases, in the order of release-ids.ts. */
export const releases: readonly Release[] = [
  ...windowsXp,
  ...windows7,
  ...windows8,
  ...windows10,
  ...windows11,
];

/** The release with this id, or undefined. */
export function findRelease(id: string): Release | undefined {
  return releases.find((release) => release.id === id);
}

/** The release on this architecture, or on its usual one; undefined where it does not exist there. */
export function findPlatform(release: Release, architecture: Architecture | undefined): Platform | undefined {
  if (architecture === undefined) return release.platforms[0];
  return release.platforms.find((platform) => platform.architecture === architecture);
}

/** The edition with this id, or the release's default without one; undefined for an id that the release does not have. */
export function findEdition(release: Release, id: string | undefined): Edition | undefined {
  return id === undefined ? release.editions[0] : release.editions.find((edition) => edition.id === id);
}
