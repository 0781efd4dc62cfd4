/**
 * The builds that a WIM may name for a release. Releases that are an enablement package over another one keep that
 * one's number in the WIM (Microsoft's answer in alaurie/WimWitchFK#28; rufus#2424): 22H2's says 19041 (A83).
 */
export function mediumBuilds(build: number): readonly number[] {
  const base = bases.get(build);
  return base === undefined ? [build] : [build, base];
}

const bases: ReadonlyMap<number, number> = new Map([
  [19042, 19041],
  [19043, 19041],
  [19044, 19041],
  [19045, 19041],
  [22631, 22621],
  [26200, 26100],
]);
