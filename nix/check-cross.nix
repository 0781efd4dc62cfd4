# The tests of a cross build, run in the guest. nixpkgs switches a package's tests off where it builds for another platform; here a
# second derivation builds it the same way, up to its test programs, and keeps the build folder; a build of windows.stdenv
# unpacks that at the same place in the guest and does the check phase there, with the package's own variables.
{
  lib,
  machine,
  stdenv,
  standIn,
}:
drv:
let
  platform = drv.stdenv.hostPlatform or { };
  where = "${machine.name}: checkCross";
  faults =
    lib.optional (!(lib.isDerivation drv)) "not a package, got a ${builtins.typeOf drv}"
    ++ lib.optionals (lib.isDerivation drv) (
      lib.optional (
        !(platform.isWindows or false || platform.isCygwin or false) || drv.casementGuest or false
      ) "'${drv.name}' is no cross build; take it from pkgs.pkgsCross.mingwW64, ucrt64 or x86_64-cygwin"
      ++ lib.optional (
        !(platform.isx86 or true) || (platform.is64bit or false && machine.architecture == "x86")
      ) "'${drv.name}' is for ${platform.config}, which a machine of ${machine.architecture} does not run"
    );

  tree = drv.overrideAttrs (
    previous:
    let
      outputs = previous.outputs or [ "out" ];
    in
    {
      name = "${drv.name}-check-tree";
      outputs = outputs ++ [ "checkTree" ];
      # nixpkgs would leave them out with the tests.
      buildInputs = previous.buildInputs or [ ] ++ previous.checkInputs or [ ];
      nativeBuildInputs = previous.nativeBuildInputs or [ ] ++ previous.nativeCheckInputs or [ ];
      doCheck = false;
      doInstallCheck = false;
      dontFixup = true;
      libraryFolders = compilersFolders;
      installPhase = ''
        mkdir ${lib.concatMapStringsSep " " (output: "\"\$${output}\"") (outputs ++ [ "checkTree" ])}
        ${lib.fileContents ./check-cross/keep-tree.sh}
      '';
    }
  );

  # Where the compiler's own libraries are (libgcc, libstdc++, those of threads), where it is nixpkgs'; inputs' are found by the build.
  compiler = drv.stdenv.cc.cc or { };
  compilersFolders =
    lib.optionals (compiler ? lib) (
      map (folder: "${compiler.lib}/${platform.config}/${folder}") [
        "bin"
        "lib"
      ]
    )
    ++ map (package: "${package.out or package}/bin") (compiler.depsTargetTarget or [ ]);

  forNix = import ./nix-attributes.nix { inherit lib; };
  # What only the build is made with, or nixpkgs adds anew.
  ofTheBuild = [
    "NIX_MAIN_PROGRAM"
    "allowedImpureDLLs"
    "args"
    "buildCommand"
    "builder"
    "cmakeFlags"
    "configureFlags"
    "mesonFlags"
    "name"
    "outputChecks"
    "outputs"
    "passAsFile"
    "patches"
    "src"
    "srcs"
    "stdenv"
    "system"
  ]
  ++ import ./stdenv/input-lists.nix
  ++ forNix.names
  ++ lib.attrNames forNix.refused;
  isOfAnotherPhase =
    name: builtins.match "[a-z][A-Za-z]*Phases?|(pre|post)[A-Z].*" name != null && builtins.match "(pre|post)?[cC]heck(Phase)?" name == null;
  variables = lib.filterAttrs (name: value: value != null && !(isOfAnotherPhase name)) (
    lib.removeAttrs drv.drvAttrs ofTheBuild
  );
in
lib.throwIf (faults != [ ]) "casement: ${where}: ${lib.concatStringsSep "; " faults}" (
  stdenv.mkDerivation (
    variables
    // {
      name = "${drv.name}-checked";
      tree = tree.checkTree;
      phases = [
        "unpackPhase"
        "checkPhase"
        "installPhase"
      ];
      unpackPhase = lib.fileContents ./check-cross/unpack.sh;
      doCheck = true;
      checkPhase = drv.checkPhase or (lib.fileContents ./check-cross/check.sh);
      installPhase = lib.fileContents ./check-cross/install.sh;
      verdict =
        "The tests of ${drv.name} (${platform.config}) passed "
        + (if standIn then "on casement's stand-in, not on Windows; Windows programs ran under Wine there." else "on ${machine.release}.");
      passthru = { inherit tree; };
      meta = lib.optionalAttrs (drv.meta or { } ? license) { inherit (drv.meta) license; };
    }
  )
)
