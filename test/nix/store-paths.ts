/**
 * A text without what differs between two versions of nixpkgs: of each store path, hash and versions. What is left says which
 * program of which package it was.
 */
export function withoutHashesAndVersions(text: string): string {
  return text.replace(/\/nix\/store\/[0-9a-z]{32}-([A-Za-z0-9+._?=-]+)/g, (_, name: string) => {
    // As Nix takes a name apart: the version begins at the first dash before something that is no letter.
    const bare = name.replace(/-[^A-Za-z-].*$/, "");
    return `/nix/store/…-${bare}`;
  });
}
