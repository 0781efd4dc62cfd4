# The overlay: pkgs.casement is the command, and its `lib` works for the package set that the overlay is in. Command and VMs
# come from Casement's own nixpkgs all the same: another one has another QEMU, which installs Windows again.
{ toolPkgs }:
final: _previous: {
  casement =
    (import ./package.nix {
      pkgs = toolPkgs;
      src = ../.;
      passthru.lib = import ./lib.nix {
        inherit toolPkgs;
        pkgs = final;
      };
    }).casement;
}
