{
  description = "A trial of Casement on its stand-in, which is not Windows";

  inputs.casement.url = "github:casement-nix/casement";
  inputs.nixpkgs.follows = "casement/nixpkgs";

  outputs =
    { casement, nixpkgs, ... }:
    let
      system = "x86_64-linux";

      # ./casement is what `casement generate` wrote from casement.yaml; commit it.
      windows = import ./casement {
        inherit casement;
        pkgs = nixpkgs.legacyPackages.${system};
        # The stand-in in the place of a Windows ISO and of Cygwin. With an ISO of your own `casement init` in another
        # folder leaves the project to start from.
        inherit (casement.lib.standIn { }) iso cygwin;
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

      # `nix flake check` finds a ./casement that is not what casement.yaml says. It starts no VM.
      checks.${system}.drift = casement.lib.driftCheck { src = ./.; };
    };
}
