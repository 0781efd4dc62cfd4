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

  # Cygwin's, in the guest.
  defaults = {
    name = "casement-${machine.name}-stdenv";
    buildPlatform = platform;
    hostPlatform = platform;
    targetPlatform = platform;
    shell = "/bin/bash";
    initialPath = [ "/usr" ];
    extraNativeBuildInputs = [ ];
    extraBuildInputs = [ ];
    preHook = "";
  };

  makeStdenv =
    given:
    let
      base = pkgs.stdenvNoCC.override given;
      setup = import ./setup.nix {
        inherit
          lib
          node
          base
          machine
          given
          ;
      };
      toBuild = import ./build.nix {
        inherit
          lib
          run
          machine
          setup
          ;
        stdenv = self;
      };
      # `finalPackage` is what the user gets, and not the Linux derivation behind it. Of that it has all but what differs, so that a
      # package may ask it for what does not depend on the answer, such as doCheck.
      withFinal =
        attributes:
        if lib.isFunction attributes then
          # Of overrideAttrs it may be `final: prev: { }` as well as `prev: { }`.
          final: attributes (final // lib.optionalAttrs (final ? finalPackage) { finalPackage = finalOf final; })
        else
          attributes;
      finalOf =
        { finalPackage, ... }@final:
        finalPackage
        // lib.genAttrs (
          [
            "drvPath"
            "outPath"
            "evidence"
            "debug"
            "stageConfig"
            "overrideAttrs"
          ]
          ++ final.outputs or [ "out" ]
        ) (name: (wrap finalPackage).${name});
      wrap =
        drv:
        let
          build = toBuild drv;
          common = {
            overrideAttrs = change: wrap (drv.overrideAttrs (withFinal change));
          }
          // lib.intersectAttrs {
            pname = null;
            version = null;
          } drv;
        in
        build // common // lib.genAttrs build.outputs (output: build.${output} // common);
      self = base // {
        inherit (setup) type outPath drvPath;
        inherit (base) name;
        # There is no wrapper of a compiler: the guest's are found by their usual names.
        cc = {
          targetPrefix = "";
          isGNU = true;
          isClang = false;
          bintools.targetPrefix = "";
        };
        mkDerivation = attributes: wrap (base.mkDerivation (withFinal attributes));
        override = more: makeStdenv (given // (if lib.isFunction more then more given else more));
      };
    in
    self;
in
makeStdenv defaults
