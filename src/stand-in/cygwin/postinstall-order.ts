/** A script of /etc/postinstall; one that is permanent runs after every installation and keeps its name. */
export interface PostinstallScript {
  readonly name: string;
  readonly permanent: boolean;
}

/**
 * The scripts in setup's order: permanent ones that begin with `0p_`, then each package's own in the order in which the
 * packages were unpacked, then permanent ones that begin with `zp_` (Cygwin's package reference, "Postinstall scripts").
 */
export function postinstallOrder(unpacked: readonly string[]): readonly PostinstallScript[] {
  const scripts = unpacked.filter((name) => /\.(sh|dash)$/.test(name));
  const starting = (prefix: string): PostinstallScript[] =>
    scripts
      .filter((name) => name.startsWith(prefix))
      .toSorted()
      .map((name) => ({ name, permanent: true }));
  const own = scripts.filter((name) => !/^[0z]p_/.test(name)).map((name) => ({ name, permanent: false }));
  return [...starting("0p_"), ...own, ...starting("zp_")];
}
