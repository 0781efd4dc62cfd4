# windows.stdenv: nixpkgs' mkDerivation, whose builds run in the guest. The user's nixpkgs evaluates them and gives its
# setup.sh, with all phases and hooks; Cygwin's bash runs it there. So `pkgs.callPackage ./app.nix { stdenv = windows.stdenv; }`
# builds app.nix in Windows, with what Cygwin and layers have installed as its tools.
{
  # The user's.
  pkgs,
  # Builder of the one folder that is made here.
  node,
  # nix/run.nix
  run,
  machine,
}:
let
  inherit (pkgs) lib;

  # Cygwin is what the builds see: bash, POSIX paths, x86_64 also on arm64, whose Windows emulates it.
  platform =
    lib.throwIfNot ((lib.systems.parse.kernels or { cygwin = true; }) ? cygwin)
      ''
        casement: ${machine.name}: stdenv: your nixpkgs (${lib.trivial.release}) does not know Cygwin as a platform
          Hand over a newer one as pkgs (26.05 or later), or write the build as a script: windows.runCommand''
      (
        lib.systems.elaborate {
          config = if machine.architecture == "x86" then "i686-pc-cygwin" else "x86_64-pc-cygwin";
        }
      );

  makeStdenv =
    changes:
    let
      base = pkgs.stdenvNoCC.override (
        {
          name = "casement-${machine.name}-stdenv";
          buildPlatform = platform;
          hostPlatform = platform;
          targetPlatform = platform;
          # Cygwin's, in the guest.
          shell = "/bin/bash";
          initialPath = [ "/usr" ];
          extraNativeBuildInputs = [ ];
          extraBuildInputs = [ ];
          preHook = "";
        }
        // changes
      );
      setup = import ./setup.nix { inherit lib node base; };
      toBuild = import ./build.nix {
        inherit
          lib
          run
          machine
          setup
          ;
        stdenv = self;
      };
      # `finalPackage` is what the user gets, and not the Linux derivation behind it.
      withFinal =
        attributes:
        if lib.isFunction attributes then
          # Of overrideAttrs it may be `final: prev: { }` as well as `prev: { }`.
          final: attributes (final // lib.optionalAttrs (final ? finalPackage) { finalPackage = wrap final.finalPackage; })
        else
          attributes;
      wrap =
        drv:
        toBuild drv
        // {
          overrideAttrs = change: wrap (drv.overrideAttrs (withFinal change));
        };
      self =
        base
        // setup
        // {
          inherit (base) name;
          mkDerivation = attributes: wrap (base.mkDerivation (withFinal attributes));
          override = more: makeStdenv (changes // (if lib.isFunction more then more changes else more));
        };
    in
    self;
in
makeStdenv { }
