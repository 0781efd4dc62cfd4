# Casement without flakes: `import ./casement-source { }` has the flake's `lib` and `packages`. The VMs' tools come from the
# nixpkgs of flake.lock; another `toolPkgs` means another QEMU, and so another installation.
{
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
  lib = import ./nix/lib.nix { inherit toolPkgs; };
  packages = {
    inherit
      (import ./nix/package.nix {
        pkgs = toolPkgs;
        src = ./.;
      })
      casement
      runtime
      agent
      ;
  };
}
