# The tests of a cross build, run in the guest. nixpkgs switches a package's tests off where it builds for another platform; here a
# second derivation builds it the same way, up to its test programs, and keeps the build folder; a build of windows.stdenv
# unpacks that at the same place in the guest and does the check phase there.
{
  lib,
  machine,
  stdenv,
  standIn,
}:
drv:
let
  platform = drv.stdenv.hostPlatform;
  where = "${machine.name}: checkCross";
  faults =
    lib.optional (!(lib.isDerivation drv)) "not a package, got a ${builtins.typeOf drv}"
    ++ lib.optionals (lib.isDerivation drv) (
      lib.optional (
        !(platform.isWindows or false || platform.isCygwin or false)
      ) "'${drv.name}' is for ${platform.config or "Linux"}; take it from pkgs.pkgsCross.mingwW64, ucrt64 or x86_64-cygwin"
      ++ lib.optional (
        !(platform.isx86 or false) || (platform.is64bit or false && machine.architecture == "x86")
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
      doCheck = false;
      doInstallCheck = false;
      dontFixup = true;
      installPhase = ''
        mkdir ${lib.concatMapStringsSep " " (output: "\"\$${output}\"") (outputs ++ [ "checkTree" ])}
        ${lib.fileContents ./check-cross/keep-tree.sh}
      '';
    }
  );

  # Where Windows finds libraries: it looks along PATH. Whatever of these is not there is left out by the guest.
  folders = lib.concatMap (package: [
    "${package}/bin"
    "${package}/lib"
  ]) (lib.concatMap (input: map (output: input.${output}) (input.outputs or [ ])) libraries);
  libraries = lib.filter lib.isDerivation (
    drv.buildInputs or [ ] ++ drv.propagatedBuildInputs or [ ] ++ runtimeLibraries
  );
  # The compiler's own: libgcc, libstdc++.
  runtimeLibraries = lib.optional (drv.stdenv.cc.cc.lib or null != null) {
    type = "derivation";
    outputs = [ "lib" ];
    inherit (drv.stdenv.cc.cc) lib;
  };

  taken = lib.filterAttrs (_: value: value != null) (
    lib.genAttrs [
      "checkTarget"
      "checkFlags"
      "checkFlagsArray"
      "preCheck"
      "postCheck"
      "makeFlags"
      "makefile"
    ] (name: drv.${name} or null)
  );
in
lib.throwIf (faults != [ ]) "casement: ${where}: ${lib.concatStringsSep "; " faults}" (
  stdenv.mkDerivation (
    taken
    // {
      name = "${drv.name}-checked";
      tree = tree.checkTree;
      inherit folders;
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
