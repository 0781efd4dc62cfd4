{
  description = "A Windows machine, and what is built in it";

  inputs.casement.url = "github:casement-nix/casement";
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.05";

  outputs =
    { casement, nixpkgs, ... }:
    let
      system = "x86_64-linux";
      pkgs = import nixpkgs {
        inherit system;
        # Windows is not free: this allows what Casement makes of your ISO, and nothing else.
        config.allowUnfreePredicate = casement.lib.allowUnfreePredicate;
      };

      # ./casement is what `casement generate` wrote from casement.yaml; commit it.
      windows = import ./casement {
        inherit pkgs casement;
        # Cygwin comes by cygwin.lock.json, which `casement lock` writes (docs/cygwin.md of Casement).
        # For a trial without Windows, take the stand-in's media in the place of your own:
        # inherit (casement.lib.standIn { }) iso cygwin;
      };
    in
    {
      packages.${system} = {
        # Installs once and freezes; cached like any derivation.
        default = windows;
        inherit windows;

        # Revives the machine for a command; what it leaves in $out is the result.
        hello = windows.runCommandCmd "hello" { } ''
          ver > "%out%\ver.txt"
        '';
      };

      # `nix flake check` finds a ./casement that is not what casement.yaml says. It starts no VM and needs no ISO.
      # What needs the machine itself is kept apart: `nix build .#windows.tests.smoke`, and runs of your own as packages.
      checks.${system}.drift = casement.lib.driftCheck { src = ./.; };
    };
}
