# The packages that flake.nix and default.nix offer.
{ toolPkgs }:
let
  programs = import ./package.nix {
    pkgs = toolPkgs;
    src = ../.;
  };
in
{
  inherit (programs) casement runtime agent;
  cache-filter = import ./cache-filter.nix { inherit toolPkgs; };
  dig-holes = import ./dig-holes.nix { inherit toolPkgs; };
}
