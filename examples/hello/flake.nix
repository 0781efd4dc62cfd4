{
  description = "A machine in a flake: three things run in it";

  inputs.casement.url = "github:casement-nix/casement";
  inputs.nixpkgs.follows = "casement/nixpkgs";

  outputs =
    { casement, nixpkgs, ... }:
    let
      system = "x86_64-linux";

      # The stand-in plays Windows, so that this runs without a Windows ISO. With one of your own, delete the next two
      # lines and give `iso = ./Win10_22H2.iso;` and a folder of Cygwin packages instead.
      standIn = casement.lib.standIn { };
      medium = { inherit (standIn) iso cygwin; };

      windows = casement.lib.load (
        medium
        // {
          pkgs = nixpkgs.legacyPackages.${system};
          dir = ./casement; # what `casement generate` wrote
        }
      );
    in
    {
      packages.${system} = {
        default = windows;
        inherit windows;

        # 1. The guest says who it is.
        guest-name = windows.runCommand "guest-name" { } ''
          echo "hello from $(hostname)"
          uname -a | tee "$out/uname.txt"
        '';

        # 2. A build: its sources come out of /nix/store by way of drive S:, its result comes back by way of drive X:.
        greeting = windows.runCommand "greeting" { src = ./greeting; } ''
          bash "$src/build.sh" "$src" "$out"
          cat "$out/share/greeting.txt"
        '';

        # 3. A command that fails, and how that looks.
        fails = windows.runCommand "fails" { } ''
          echo "this command fails on purpose" >&2
          exit 42
        '';
      };
    };
}
