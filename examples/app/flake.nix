{
  description = "A C program built in Windows, its tests, and layers for them";

  inputs.casement.url = "github:casement-nix/casement";
  inputs.nixpkgs.follows = "casement/nixpkgs";

  outputs =
    { casement, nixpkgs, ... }:
    let
      pkgs = nixpkgs.legacyPackages.x86_64-linux;
      windows = import ./casement {
        inherit pkgs casement;
        inherit (casement.lib.standIn { wine = true; }) iso cygwin;
      };

      # A layer is the machine with more in it. Each is built once; a changed one builds itself again and what stands on it.
      withSettings = windows.layer {
        name = "settings";
        command = "echo Windows >/etc/greet.conf";
      };
      withTools = withSettings.layer (casement.lib.layers.zip {
        name = "tools";
        archive = ./tools; # a folder, or a pinned archive; there are also msi, exe and msys2
        path = [ "bin" ];
      });
    in
    {
      packages.x86_64-linux = rec {
        inherit windows;

        # A package as nixpkgs writes them. Its own phases run in the guest, under Cygwin's bash.
        greet = pkgs.callPackage ./greet { stdenv = windows.stdenv; };

        # A check whose output is a report: log, exit code, screenshots, and what the script left in $out.
        tests = withTools.windowsTest {
          name = "tests";
          env = { inherit greet; };
          script = ''
            $greet/bin/greet.exe /etc/greet.conf | tee $out/greeting
            screenshot greeted
            is-polite $out/greeting
          '';
        };

        # The tests of a cross build, which nixpkgs cannot run.
        cross-tests = windows.checkCross (pkgs.pkgsCross.mingwW64.callPackage ./greet { });
      };

      # Fails where ./casement is not what casement.yaml says; starts no VM.
      checks.x86_64-linux.drift = casement.lib.driftCheck { src = ./.; };
    };
}
