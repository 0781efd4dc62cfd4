# casement-cache-filter: of some store paths those that may be pushed to a cache (docs/nix.md).
{ toolPkgs }:
toolPkgs.writeShellApplication {
  name = "casement-cache-filter";
  text = builtins.readFile ./cache-filter.sh;
}
