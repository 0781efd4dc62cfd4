{
  description = "A machine in a flake: three things run in it";

  inputs.casement.url = "github:casement-nix/casement";
  inputs.nixpkgs.follows = "casement/nixpkgs";

  outputs =
    { casement, nixpkgs, ... }:
    let
      system = "x86_64-linux";

      # ./casement is what `casement generate` wrote from casement.yaml.
      windows = import ./casement {
        inherit casement;
        pkgs = nixpkgs.legacyPackages.${system};
        # The stand-in plays Windows, so that this runs without a Windows ISO. With an ISO of your own, name it in
        # casement.yaml, and leave out both lines: then the packages of cygwin.lock.json are fetched.
        inherit (standIn) iso;
        cygwinPackages = standIn.cygwin;
      };
      standIn = casement.lib.standIn { };
    in
    {
      packages.${system} = {
        default = windows;
        inherit windows;

        # The packages that the stand-in takes for Cygwin; `casement lock` reads their list (docs/cygwin.md).
        cygwin-packages = standIn.cygwin;

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
