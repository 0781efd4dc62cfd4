{
  description = "Casement: Windows installed, frozen and revived by Nix, so that builds and tests run in it in seconds";

  # The VMs' tools come from this nixpkgs. Its update is an update of QEMU, which installs Windows again: on purpose only.
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.05";

  outputs =
    { self, nixpkgs }:
    let
      # Windows for x86-64 runs at speed on x86-64 only, and the tools are those of Linux.
      system = "x86_64-linux";
      toolPkgs = import ./nix/assert-tools.nix nixpkgs.legacyPackages.${system};
      lib = import ./nix/lib.nix { inherit toolPkgs; };
      packages = import ./nix/packages.nix { inherit toolPkgs; };
    in
    {
      inherit lib;

      # pkgs.casement, with its lib beside it; the tools stay Casement's own.
      overlays.default = import ./nix/overlay.nix { inherit toolPkgs; };

      packages.${system} = packages // {
        default = packages.casement;
      };

      apps.${system} = import ./nix/apps.nix {
        inherit toolPkgs packages;
        source = self;
      };

      checks.${system} = import ./nix/checks.nix {
        inherit toolPkgs packages;
        casement = self;
      };

      templates.default = {
        path = ./templates/flake;
        description = "A Windows machine in a flake: the spec, and one command that runs in it";
        welcomeText = ''
          Next: put your Windows ISO's name and hash (nix hash file FILE.iso) into casement.yaml, then
            casement generate && git add casement
            nix build .#hello
        '';
      };

      templates.stand-in = {
        path = ./templates/stand-in;
        description = "A trial without a Windows ISO, on the stand-in that plays Windows and is not Windows";
        welcomeText = ''
          This project builds on the stand-in, a small Linux. It is not Windows. Next:
            casement generate && git add casement
            nix build .#hello
        '';
      };

      devShells.${system}.default = import ./nix/dev-shell.nix { inherit toolPkgs; };
    }
    # The tools of a Debian machine have no formatter.
    // nixpkgs.lib.optionalAttrs (toolPkgs ? nixfmt-tree) { formatter.${system} = toolPkgs.nixfmt-tree; };
}
