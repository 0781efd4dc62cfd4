# Casement without flakes: `import ./casement-source { inherit pkgs; }` has the flake's `lib`, `packages` and `overlays`.
{
  # Your package set, for load; it can also be handed to load itself.
  pkgs ? null,
  # Where the VMs' tools come from. Another set than flake.lock's means another QEMU, and so another installation.
  toolPkgs ?
    let
      inherit ((builtins.fromJSON (builtins.readFile ./flake.lock)).nodes.nixpkgs) locked;
      nixpkgs = builtins.fetchTarball {
        url = "https://github.com/${locked.owner}/${locked.repo}/archive/${locked.rev}.tar.gz";
        sha256 = locked.narHash;
      };
    in
    import nixpkgs {
      system = "x86_64-linux";
      config = { };
      overlays = [ ];
    },
}:
{
  lib = import ./nix/lib.nix { inherit toolPkgs pkgs; };
  packages = import ./nix/packages.nix { toolPkgs = import ./nix/assert-tools.nix toolPkgs; };
  overlays.default = import ./nix/overlay.nix { inherit toolPkgs; };
}
